namespace Nabij.HostCore.Picture;

/// <summary>
/// Borrowed pixels of a screen, one 32-bit word each: blue in the lowest byte, then green, then red; the highest byte
/// is undefined and never compared or sent. Valid only on the picture thread and until the source captures again.
/// </summary>
public readonly ref struct PixelView(ReadOnlySpan<uint> pixels, int width, int height, int stride)
{
    /// <summary>The bits of a pixel that carry color.</summary>
    public const uint ColorMask = 0x00FF_FFFF;

    private readonly ReadOnlySpan<uint> pixels = pixels;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Words from one row to the next.</summary>
    public int Stride { get; } = stride;

    public ReadOnlySpan<uint> Row(int y) => pixels.Slice(y * Stride, Width);
}
