using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The monitors as GDK sees them, in application pixels. UI thread only.</summary>
[SupportedOSPlatform("linux")]
internal static class GtkMonitors
{
    /// <summary>The part of the main monitor that panels leave free.</summary>
    public static GdkRectangle WorkArea()
    {
        Gdk.MonitorGetWorkArea(Primary(), out var area);
        return area;
    }

    /// <summary>The whole of the main monitor.</summary>
    public static GdkRectangle MainGeometry()
    {
        Gdk.MonitorGetGeometry(Primary(), out var geometry);
        return geometry;
    }

    public static IEnumerable<GdkRectangle> All()
    {
        var display = Gdk.DisplayGetDefault();
        for (var number = 0; number < Gdk.DisplayGetMonitorCount(display); number++)
        {
            Gdk.MonitorGetGeometry(Gdk.DisplayGetMonitor(display, number), out var geometry);
            yield return geometry;
        }
    }

    private static nint Primary()
    {
        var display = Gdk.DisplayGetDefault();
        var primary = Gdk.DisplayGetPrimaryMonitor(display);
        return primary != 0 ? primary : Gdk.DisplayGetMonitor(display, 0);
    }
}
