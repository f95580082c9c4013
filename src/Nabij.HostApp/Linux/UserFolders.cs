using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>Where this person keeps things, as the desktop's own list says (xdg-user-dirs: ~/.config/user-dirs.dirs).</summary>
[SupportedOSPlatform("linux")]
internal static class UserFolders
{
    private const string Key = "XDG_DOWNLOAD_DIR=";

    /// <summary>The folder for downloads; made when it is not there. Null when there is none to be had.</summary>
    public static string? Downloads() => Downloads(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable("XDG_CONFIG_HOME"));

    /// <summary>The folder of files that are kept for a while: made only when one is. Null when there is no place for it.</summary>
    public static string? Kept()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0)
            return null;
        var given = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.Combine(string.IsNullOrEmpty(given) ? Path.Combine(home, ".local", "share") : given, "nabij", "kept");
    }

    /// <summary>The same of this home.</summary>
    internal static string? Downloads(string home, string? configuration)
    {
        if (home.Length == 0)
            return null;
        try
        {
            var list = Path.Combine(string.IsNullOrEmpty(configuration) ? Path.Combine(home, ".config") : configuration, "user-dirs.dirs");
            var line = File.Exists(list) ? File.ReadLines(list).LastOrDefault(one => one.StartsWith(Key, StringComparison.Ordinal)) : null;
            var folder = line is null ? null : Named(line[Key.Length..].Trim().Trim('"'), home);
            // A list that names the home itself means that there is no such folder.
            folder = folder is null || Path.TrimEndingDirectorySeparator(folder) == Path.TrimEndingDirectorySeparator(home) ? Path.Combine(home, "Downloads") : folder;
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Either $HOME/... or absolute; nothing else may stand there.
    private static string? Named(string value, string home) =>
        value.StartsWith("$HOME/", StringComparison.Ordinal) ? Path.Combine(home, value["$HOME/".Length..])
        : value.StartsWith('/') ? value
        : null;
}
