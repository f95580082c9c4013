using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>Measures of the font in use, so that every width follows large type. UI thread only.</summary>
[SupportedOSPlatform("linux")]
internal static class GtkFont
{
    /// <summary>The average width of a character in application pixels, at least 1.</summary>
    public static int CharacterWidth(nint widget)
    {
        var metrics = GLib.PangoGetMetrics(GtkWidgets.GetPangoContext(widget), 0, 0);
        var width = GLib.PangoCharacterWidth(metrics) / GLib.PangoScale;
        GLib.PangoMetricsUnref(metrics);
        return Math.Max(1, width);
    }

    /// <summary>A comfortable line, about twice as high as a character is wide.</summary>
    public static int LineHeight(nint widget) => CharacterWidth(widget) * 2;
}
