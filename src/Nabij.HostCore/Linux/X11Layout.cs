using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Linux;

/// <summary>Reads which monitors there are and where they stand (RandR 1.5, else one display as large as the root window).</summary>
[SupportedOSPlatform("linux")]
internal static class X11Layout
{
    // XRRMonitorInfo (Xrandr.h, 64-bit).
    private const int MonitorBytes = 56, NameOffset = 0, PrimaryOffset = 8, XOffset = 20, YOffset = 24, WidthOffset = 28, HeightOffset = 32;
    private const int MostMonitors = 64;

    /// <summary>The monitors from left to right, then from top to bottom; several that show the same count as one.</summary>
    public static DesktopDisplay[] Read(X11Connection x)
    {
        if (LibX11.XGetGeometry(x.Display, x.Root, out _, out _, out _, out var width, out var height, out _, out _) == 0)
            throw new ScreenLostException("The display does not say how large it is, so it cannot be shown.");
        var root = new PixelArea(0, 0, (int)width, (int)height);
        DesktopDisplay[] found =
        [
            .. ReadMonitors(x, root).OrderByDescending(display => display.IsPrimary).DistinctBy(display => display.Area)
                .OrderBy(display => display.Area.X).ThenBy(display => display.Area.Y),
        ];
        return found.Length > 0 ? found : [new DesktopDisplay("", root) { IsPrimary = true }];
    }

    private static List<DesktopDisplay> ReadMonitors(X11Connection x, PixelArea root)
    {
        List<DesktopDisplay> found = [];
        if (XExtensions.XRRQueryExtension(x.Display, out _, out _) == 0) return found;
        _ = XExtensions.XRRQueryVersion(x.Display, out var major, out var minor);
        if ((major, minor).CompareTo((1, 5)) < 0) return found;
        var monitors = XExtensions.XRRGetMonitors(x.Display, x.Root, 1, out var count);
        if (monitors == 0) return found;
        for (var i = 0; i < Math.Min(count, MostMonitors); i++)
        {
            var monitor = monitors + i * MonitorBytes;
            var area = new PixelArea(
                Marshal.ReadInt32(monitor, XOffset), Marshal.ReadInt32(monitor, YOffset),
                Marshal.ReadInt32(monitor, WidthOffset), Marshal.ReadInt32(monitor, HeightOffset)).Intersect(root);
            if (area.IsEmpty) continue;
            var name = ReadName(x, (nuint)Marshal.ReadInt64(monitor, NameOffset));
            found.Add(new DesktopDisplay(name, area) { IsPrimary = Marshal.ReadInt32(monitor, PrimaryOffset) != 0 });
        }
        XExtensions.XRRFreeMonitors(monitors);
        return found;
    }

    private static string ReadName(X11Connection x, nuint atom)
    {
        var text = LibX11.XGetAtomName(x.Display, atom);
        if (text == 0) return "";
        var name = Marshal.PtrToStringUTF8(text) ?? "";
        _ = LibX11.XFree(text);
        name = new string([.. name.Where(c => !char.IsControl(c) && c != '\uFFFD')]);
        return Encoding.UTF8.GetByteCount(name) <= ScreenLimits.DisplayNameBytes ? name : "";
    }
}
