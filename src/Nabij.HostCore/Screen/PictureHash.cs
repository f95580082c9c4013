namespace Nabij.HostCore.Screen;

/// <summary>The hash of docs/protocol/05, CHECK: FNV-1a over pairs of pixels of every eighth row, chosen by the update's number.</summary>
public static class PictureHash
{
    private const ulong OffsetBasis = 0xcbf29ce484222325, Prime = 0x100000001b3;
    private const int RowStep = 8;

    /// <param name="pixels">Rows without gaps, blue in the lowest byte; the highest byte is ignored.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="update">The update after which the picture looks like this.</param>
    public static ulong Of(ReadOnlySpan<uint> pixels, int width, uint update)
    {
        var hash = OffsetBasis;
        var rows = pixels.Length / width;
        for (var y = (int)(update % RowStep); y < rows; y += RowStep)
        {
            var row = pixels.Slice(y * width, width);
            var x = 0;
            for (; x + 1 < row.Length; x += 2)
            {
                var pair = (ulong)(row[x] & PixelView.ColorMask) << 32 | (row[x + 1] & PixelView.ColorMask);
                hash = (hash ^ pair) * Prime;
            }
            if (x < row.Length) hash = (hash ^ (ulong)(row[x] & PixelView.ColorMask) << 32) * Prime;
        }
        return hash;
    }
}
