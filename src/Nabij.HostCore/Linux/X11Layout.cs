using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Linux;

/// <summary>Reads the size of the root window and the monitors on it (RandR 1.5, else one display).</summary>
[SupportedOSPlatform("linux")]
internal static class X11Layout
{
    // XRRMonitorInfo (Xrandr.h, 64-bit).
    private const int MonitorBytes = 56, NameOffset = 0, XOffset = 20, YOffset = 24, WidthOffset = 28, HeightOffset = 32;

    public static ScreenLayout Read(X11Connection x)
    {
        if (LibX11.XGetGeometry(x.Display, x.Root, out _, out _, out _, out var width, out var height, out _, out _) == 0)
            throw new ScreenLostException("The display does not say how large it is, so it cannot be shown.");
        var layout = new ScreenLayout((int)width, (int)height, ReadMonitors(x, (int)width, (int)height));
        if (!layout.IsWithinLimits)
            throw new ScreenLostException($"The desktop of {width} x {height} pixels is outside what can be shown (16 to 16,384 each way, 33,554,432 in all).");
        return layout;
    }

    private static Display[] ReadMonitors(X11Connection x, int width, int height)
    {
        Display[] whole = [new Display(0, 0, width, height, "")];
        if (XExtensions.XRRQueryExtension(x.Display, out _, out _) == 0) return whole;
        _ = XExtensions.XRRQueryVersion(x.Display, out var major, out var minor);
        if ((major, minor).CompareTo((1, 5)) < 0) return whole;
        var monitors = XExtensions.XRRGetMonitors(x.Display, x.Root, 1, out var count);
        if (monitors == 0) return whole;
        var areas = new List<Display>();
        for (var i = 0; i < count && areas.Count < ScreenLimits.MostDisplays; i++)
        {
            if (ReadMonitor(x, monitors + i * MonitorBytes, width, height) is { } area) areas.Add(area);
        }
        XExtensions.XRRFreeMonitors(monitors);
        return areas.Count == 0 ? whole : [.. areas];
    }

    private static Display? ReadMonitor(X11Connection x, nint monitor, int width, int height)
    {
        var left = Math.Max(0, Marshal.ReadInt32(monitor, XOffset));
        var top = Math.Max(0, Marshal.ReadInt32(monitor, YOffset));
        var right = Math.Min(width, left + Marshal.ReadInt32(monitor, WidthOffset));
        var bottom = Math.Min(height, top + Marshal.ReadInt32(monitor, HeightOffset));
        if (right <= left || bottom <= top) return null;
        return new Display(left, top, right - left, bottom - top, ReadName(x, (nuint)Marshal.ReadInt64(monitor, NameOffset)));
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
