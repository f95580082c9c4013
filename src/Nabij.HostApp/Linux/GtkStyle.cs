using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Puts our style on GTK's own controls. Sizes always; colors only where the person has not chosen a theme of
/// high contrast, which knows better.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class GtkStyle
{
    /// <summary>Loads the style for the whole process.</summary>
    /// <returns>Whether windows should carry the colors.</returns>
    public static bool Load()
    {
        Add("Nabij.HostApp.Linux.nabij-sizes.css");
        var theme = Environment.GetEnvironmentVariable("GTK_THEME") ?? GtkSettings.ThemeName();
        if (theme.StartsWith("HighContrast", StringComparison.OrdinalIgnoreCase))
            return false;
        Add("Nabij.HostApp.Linux.nabij-colors.css");
        return true;
    }

    private static void Add(string resource)
    {
        using var stream = typeof(GtkStyle).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException("The program lacks its style " + resource + ".");
        using var reader = new StreamReader(stream);
        var provider = GtkWidgets.CssProviderNew();
        GtkWidgets.CssProviderLoad(provider, reader.ReadToEnd(), -1, 0);
        GtkWidgets.AddProviderForScreen(Gdk.ScreenGetDefault(), provider, Gtk.StyleProviderPriorityApplication);
        GLib.Unref(provider);
    }
}
