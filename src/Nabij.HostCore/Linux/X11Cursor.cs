using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Reads the pointer's image by XFixes. The server numbers its cursors, and programs switch among few: images that were
/// read lately are kept by that number, so an animated cursor is read once for each of its pictures. Picture thread only.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Cursor(X11Connection x)
{
    // XFixesCursorImage (Xfixes.h, 64-bit): four shorts of place and size, two of the hotspot, serial, pixels.
    private const int WidthOffset = 4, HeightOffset = 6, HotspotXOffset = 8, HotspotYOffset = 10, SerialOffset = 16, PixelsOffset = 24;
    private const int MostKept = 64;

    private readonly Dictionary<nuint, CursorImage?> kept = [];

    /// <summary>The image now; null when there is none to see.</summary>
    /// <param name="serial">The server's number of it, where it is known.</param>
    public CursorImage? Read(nuint? serial)
    {
        if (serial is { } number && kept.TryGetValue(number, out var known)) return known;
        var image = XExtensions.XFixesGetCursorImage(x.Display);
        if (image == 0) return null;
        int width = (ushort)Marshal.ReadInt16(image, WidthOffset), height = (ushort)Marshal.ReadInt16(image, HeightOffset);
        var hotspot = ((ushort)Marshal.ReadInt16(image, HotspotXOffset), (ushort)Marshal.ReadInt16(image, HotspotYOffset));
        var read = CursorImage.FromPremultiplied(Narrow(Marshal.ReadIntPtr(image, PixelsOffset), width * height), width, height, hotspot);
        if (kept.Count >= MostKept) kept.Clear();
        kept[(nuint)Marshal.ReadIntPtr(image, SerialOffset)] = read;
        _ = LibX11.XFree(image);
        return read;
    }

    // Xlib stores each pixel in a long.
    private static uint[] Narrow(nint stored, int count)
    {
        var pixels = new uint[count];
        var longs = new ReadOnlySpan<ulong>((void*)stored, count);
        for (var i = 0; i < count; i++) pixels[i] = (uint)longs[i];
        return pixels;
    }
}
