using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

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

    /// <summary>A place in pixels of the desktop, in application pixels. X11 has one scale for all monitors.</summary>
    public static GdkRectangle FromPixels(PixelArea area)
    {
        var scale = Math.Max(1, Gdk.MonitorGetScaleFactor(Primary()));
        return new GdkRectangle(area.X / scale, area.Y / scale, area.Width / scale, area.Height / scale);
    }

    /// <summary>Where the bar stands: on the main monitor, unless only others are shared.</summary>
    public static GdkRectangle ForBar(IReadOnlyList<PixelArea> shared)
    {
        var main = MainGeometry();
        GdkRectangle[] places = [.. shared.Select(FromPixels)];
        var isMainShared = places.Length == 0 || places.Any(place => place.X == main.X && place.Y == main.Y);
        return isMainShared ? main : places[0];
    }

    private static nint Primary()
    {
        var display = Gdk.DisplayGetDefault();
        var primary = Gdk.DisplayGetPrimaryMonitor(display);
        return primary != 0 ? primary : Gdk.DisplayGetMonitor(display, 0);
    }
}
