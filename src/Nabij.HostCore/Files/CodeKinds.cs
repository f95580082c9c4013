using System.Collections.Frozen;

namespace Nabij.HostCore.Files;

/// <summary>
/// Kinds of file that run a program, or can, when somebody opens them on Windows, Linux or macOS: the customer gets a
/// stronger warning. By the end of the name, as a desktop judges. A warning only: what may come is not decided by kind.
/// </summary>
public static class CodeKinds
{
    private static readonly FrozenSet<string> Endings = new[]
    {
        // Windows: programs, installers, scripts, and what leads to them
        "exe", "com", "scr", "pif", "cpl", "msi", "msp", "mst", "msix", "msixbundle", "appx", "appxbundle", "appinstaller", "application",
        "bat", "cmd", "ps1", "psm1", "ps2", "psc1", "vbs", "vbe", "vb", "js", "jse", "mjs", "ws", "wsf", "wsh", "wsc", "sct", "hta", "msc", "gadget",
        "reg", "inf", "lnk", "url", "scf", "chm", "hlp", "xll", "dll", "sys", "drv", "ocx", "jar", "jnlp", "diagcab", "settingcontent-ms", "theme",
        "library-ms", "search-ms", "website", "rdp", "iqy", "slk",
        // disks and archives that a desktop opens like a folder
        "iso", "img", "vhd", "vhdx", "cab",
        // documents with macros
        "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm", "accdb", "accde", "mdb", "mde", "one",
        // Linux and macOS
        "sh", "bash", "zsh", "csh", "ksh", "fish", "run", "bin", "desktop", "appimage", "deb", "rpm", "flatpak", "flatpakref", "snap", "apk", "so", "ko",
        "py", "pyc", "pyw", "pyz", "pl", "rb", "lua", "php", "tcl", "command", "tool", "app", "dmg", "pkg", "mpkg", "workflow", "scpt", "applescript", "dylib",
        "terminal", "webloc", "service",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file of this name is such a kind. Names without an ending may be programs on Linux only, and ours are never executable.</summary>
    public static bool Has(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot >= 0 && Endings.Contains(name[(dot + 1)..]);
    }
}
