using Nabij.HostCore.Picture;

namespace Nabij.Bench.Clips;

/// <summary>The screen of a clip as it stands after the steps shown so far, and the blocks damaged by the last one.</summary>
internal sealed class ClipScreen(Clip clip)
{
    private readonly uint[] pixels = new uint[clip.Width * clip.Height];

    public PixelView Pixels => new(pixels, clip.Width, clip.Height, clip.Width);

    public ReadOnlySpan<uint> Words => pixels;

    /// <summary>Brings the screen to this step and marks what may differ.</summary>
    public void Show(ClipFrame frame, BlockMap damaged)
    {
        foreach (var band in frame.Bands)
        {
            band.Pixels.CopyTo(pixels.AsSpan(band.Row * BlockMap.BlockSize * clip.Width));
        }
        foreach (var (x, y, width, height) in frame.Damage) damaged.MarkRectangle(x, y, width, height);
    }
}
