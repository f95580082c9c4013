using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Linux;

/// <summary>Reads the pointer's image by XFixes; the X server keeps it premultiplied, the wire format does not.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class X11Cursor
{
    // XFixesCursorImage (Xfixes.h, 64-bit): four shorts of place and size, two of the hotspot, serial, pixels.
    private const int WidthOffset = 4, HeightOffset = 6, HotspotXOffset = 8, HotspotYOffset = 10, PixelsOffset = 24;

    public static CursorImage? Read(X11Connection x)
    {
        var image = XExtensions.XFixesGetCursorImage(x.Display);
        if (image == 0) return null;
        int width = (ushort)Marshal.ReadInt16(image, WidthOffset), height = (ushort)Marshal.ReadInt16(image, HeightOffset);
        int hotspotX = (ushort)Marshal.ReadInt16(image, HotspotXOffset), hotspotY = (ushort)Marshal.ReadInt16(image, HotspotYOffset);
        var stored = new ReadOnlySpan<ulong>((void*)Marshal.ReadIntPtr(image, PixelsOffset), width * height);
        var usable = width is > 0 and <= ScreenLimits.GreatestCursorSide && height is > 0 and <= ScreenLimits.GreatestCursorSide;
        var pixels = new uint[usable ? stored.Length : 0];
        var anythingVisible = false;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Straighten((uint)stored[i]);
            anythingVisible |= pixels[i] >> 24 != 0;
        }
        _ = LibX11.XFree(image);
        return anythingVisible
            ? new CursorImage(width, height, Math.Min(hotspotX, width - 1), Math.Min(hotspotY, height - 1), pixels)
            : null;
    }

    private static uint Straighten(uint premultiplied)
    {
        var alpha = premultiplied >> 24;
        if (alpha is 0 or 255) return alpha == 0 ? 0 : premultiplied;
        var red = Divide(premultiplied >> 16 & 0xFF, alpha);
        var green = Divide(premultiplied >> 8 & 0xFF, alpha);
        var blue = Divide(premultiplied & 0xFF, alpha);
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private static uint Divide(uint value, uint alpha) => Math.Min(255, (value * 255 + alpha / 2) / alpha);
}
