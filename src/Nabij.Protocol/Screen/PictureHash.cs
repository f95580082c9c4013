namespace Nabij.Protocol.Screen;

/// <summary>
/// The hash of CHECK (docs/protocol/05-screen.md): FNV-1a over 64-bit words of two pixels each, over the rows whose
/// number modulo 8 equals the update's number modulo 8.
/// </summary>
public static class PictureHash
{
    private const ulong Start = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;
    private const uint RowStep = 8;
    private const uint PixelMask = 0x00ffffff;

    /// <summary>
    /// Hashes a picture of 32-bit pixels 0x??RRGGBB (as blue, green, red, any in memory on a little-endian machine);
    /// <paramref name="stride"/> is the distance between rows in pixels.
    /// </summary>
    public static ulong Compute(ReadOnlySpan<uint> pixels, int width, int height, int stride, uint update)
    {
        var hash = Start;
        for (var row = (int)(update % RowStep); row < height; row += (int)RowStep)
        {
            var line = pixels.Slice(row * stride, width);
            for (var column = 0; column < width; column += 2)
            {
                var second = column + 1 < width ? line[column + 1] & PixelMask : 0;
                hash = (hash ^ (((ulong)(line[column] & PixelMask) << 32) | second)) * Prime;
            }
        }

        return hash;
    }
}
