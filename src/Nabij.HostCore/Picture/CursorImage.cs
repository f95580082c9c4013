using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// The pointer's image: width x height words of alpha, red, green, blue (alpha highest, not premultiplied), and the
/// hotspot inside it. At most 256x256 (docs/protocol/05, SHAPE).
/// </summary>
public sealed record CursorImage(int Width, int Height, int HotspotX, int HotspotY, ReadOnlyMemory<uint> Pixels)
{
    /// <summary>
    /// The image for pixels with premultiplied alpha, as desktops keep them. One that is larger than the wire format
    /// carries is made smaller by a whole factor. Null when nothing of it can be seen.
    /// </summary>
    public static CursorImage? FromPremultiplied(ReadOnlySpan<uint> pixels, int width, int height, (int X, int Y) hotspot)
    {
        if (width <= 0 || height <= 0) return null;
        var factor = (Math.Max(width, height) + ScreenLimits.GreatestCursorSide - 1) / ScreenLimits.GreatestCursorSide;
        var (columns, rows) = ((width + factor - 1) / factor, (height + factor - 1) / factor);
        var smaller = new uint[columns * rows];
        var anythingVisible = false;
        for (var i = 0; i < smaller.Length; i++)
        {
            var cell = new PixelArea(i % columns * factor, i / columns * factor, factor, factor).Intersect(new PixelArea(0, 0, width, height));
            smaller[i] = Straighten(factor == 1 ? pixels[i] : Average(pixels, width, cell));
            anythingVisible |= smaller[i] >> 24 != 0;
        }
        if (!anythingVisible) return null;
        return new CursorImage(columns, rows, Math.Clamp(hotspot.X / factor, 0, columns - 1), Math.Clamp(hotspot.Y / factor, 0, rows - 1), smaller);
    }

    private static uint Average(ReadOnlySpan<uint> pixels, int width, PixelArea cell)
    {
        uint alpha = 0, red = 0, green = 0, blue = 0;
        for (var y = cell.Y; y < cell.Bottom; y++)
        {
            foreach (var pixel in pixels.Slice(y * width + cell.X, cell.Width))
            {
                alpha += pixel >> 24;
                red += pixel >> 16 & 0xFF;
                green += pixel >> 8 & 0xFF;
                blue += pixel & 0xFF;
            }
        }
        var count = (uint)cell.Size;
        return alpha / count << 24 | red / count << 16 | green / count << 8 | blue / count;
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
