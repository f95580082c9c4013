using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The functions of libgdk-3 and libcairo that the windows use.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Gdk
{
    private const string Library = GtkLibraries.Gdk;

    public const int TypeHintDock = 6;
    public const int TypeHintDialog = 1;
    public const int GravitySouthEast = 9;
    public const int GravityNorthEast = 3;

    [LibraryImport(Library, EntryPoint = "gdk_set_allowed_backends", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetAllowedBackends(string backends);

    [LibraryImport(Library, EntryPoint = "gdk_set_program_class", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProgramClass(string name);

    [LibraryImport(Library, EntryPoint = "gdk_screen_get_default")]
    public static partial nint ScreenGetDefault();

    [LibraryImport(Library, EntryPoint = "gdk_display_get_default")]
    public static partial nint DisplayGetDefault();

    [LibraryImport(GtkLibraries.Gdk, EntryPoint = "gdk_display_beep")]
    public static partial void DisplayBeep(nint display);

    [LibraryImport(Library, EntryPoint = "gdk_display_get_n_monitors")]
    public static partial int DisplayGetMonitorCount(nint display);

    [LibraryImport(Library, EntryPoint = "gdk_display_get_monitor")]
    public static partial nint DisplayGetMonitor(nint display, int number);

    [LibraryImport(Library, EntryPoint = "gdk_display_get_primary_monitor")]
    public static partial nint DisplayGetPrimaryMonitor(nint display);

    [LibraryImport(Library, EntryPoint = "gdk_display_flush")]
    public static partial void DisplayFlush(nint display);

    [LibraryImport(Library, EntryPoint = "gdk_monitor_get_geometry")]
    public static partial void MonitorGetGeometry(nint monitor, out GdkRectangle geometry);

    [LibraryImport(Library, EntryPoint = "gdk_monitor_get_workarea")]
    public static partial void MonitorGetWorkArea(nint monitor, out GdkRectangle area);

    [LibraryImport(Library, EntryPoint = "gdk_monitor_get_scale_factor")]
    public static partial int MonitorGetScaleFactor(nint monitor);

    [LibraryImport(Library, EntryPoint = "gdk_window_get_origin")]
    public static partial int WindowGetOrigin(nint window, out int x, out int y);

    [LibraryImport(Library, EntryPoint = "gdk_window_raise")]
    public static partial void WindowRaise(nint window);

    [LibraryImport(Library, EntryPoint = "gdk_x11_window_get_xid")]
    public static partial nint X11WindowGetXid(nint window);

    [LibraryImport(Library, EntryPoint = "gdk_x11_get_server_time")]
    public static partial uint X11GetServerTime(nint window);

    [LibraryImport(GtkLibraries.Cairo, EntryPoint = "cairo_region_create")]
    public static partial nint RegionCreate();

    [LibraryImport(GtkLibraries.Cairo, EntryPoint = "cairo_region_create_rectangle")]
    public static partial nint RegionCreateRectangle(in GdkRectangle rectangle);

    [LibraryImport(GtkLibraries.Cairo, EntryPoint = "cairo_region_subtract_rectangle")]
    public static partial int RegionSubtract(nint region, in GdkRectangle rectangle);

    [LibraryImport(GtkLibraries.Cairo, EntryPoint = "cairo_region_destroy")]
    public static partial void RegionDestroy(nint region);
}

/// <summary>A rectangle as GDK and Cairo lay it out in memory, in application pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct GdkRectangle(int x, int y, int width, int height)
{
    public readonly int X = x;
    public readonly int Y = y;
    public readonly int Width = width;
    public readonly int Height = height;
}
