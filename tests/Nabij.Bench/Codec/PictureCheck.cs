using System.Globalization;
using Nabij.Bench.Clips;
using Nabij.HostCore.Picture;

namespace Nabij.Bench.Codec;

/// <summary>
/// Compares what the viewer shows with the screen: after each update the blocks that differ from the screen are counted
/// and their error is summed; at the end nothing may differ.
/// </summary>
internal sealed class PictureCheck(Clip clip, ReplayDecoder decoder)
{
    private const double Peak = 255.0 * 255.0;

    private readonly BlockMap changed = new(clip.Width, clip.Height);
    private double lumaError, lumaSamples, colorError, colorSamples, worstError;

    /// <summary>Blocks that were approximated at the end of the update that changed them, over all updates.</summary>
    public long ApproximatedBlocks { get; private set; }

    /// <summary>Which block was approximated worst when first sent, in words; null when none was approximated.</summary>
    public string? Worst { get; private set; }

    /// <summary>Blocks that updates changed.</summary>
    public long ChangedBlocks { get; private set; }

    /// <summary>Of the approximated blocks, in dB; infinite when there are none.</summary>
    public double LumaPsnr => 10 * Math.Log10(Peak / (lumaError / lumaSamples));

    /// <summary>Of the whole picture over all updates, in dB.</summary>
    public double ColorPsnr => 10 * Math.Log10(Peak / (colorError / colorSamples));

    /// <summary>Keeps which blocks the update changes.</summary>
    public void Begin(BlockMap differing)
    {
        changed.Clear();
        changed.Add(differing);
    }

    /// <summary>Encoder and decoder must hold the same picture, in every row.</summary>
    /// <exception cref="BenchException">They do not.</exception>
    public void RequireSame(IVideoEncoder encoder, int frame)
    {
        const uint RowSteps = 8;
        for (var phase = 0u; phase < RowSteps; phase++)
            if (encoder.Hash(phase) != decoder.Hash(phase))
                throw new BenchException($"{clip.Name}, frame {frame}: encoder and decoder hold different pictures.");
    }

    /// <summary>Sums up the errors of the picture as it stands after this frame.</summary>
    public void Measure(PixelView screen, int frame)
    {
        for (var row = 0; row < changed.Rows; row++)
        {
            for (var column = 0; column < changed.Columns; column++)
            {
                var error = BlockError(screen, column, row);
                colorError += error.Color;
                if (!changed.Row(row)[column]) continue;
                ChangedBlocks++;
                if (error.Color == 0) continue;
                ApproximatedBlocks++;
                lumaError += error.Luma;
                lumaSamples += error.Pixels;
                NoteWorst(error.Luma / error.Pixels, column, row, frame);
            }
        }
        colorSamples += 3.0 * screen.Width * screen.Height;
    }

    /// <summary>The picture must equal the screen, pixel for pixel.</summary>
    /// <exception cref="BenchException">It does not.</exception>
    public void RequireExact(PixelView screen)
    {
        for (var y = 0; y < screen.Height; y++)
            if (!screen.Row(y).SequenceEqual(decoder.Row(y)))
                throw new BenchException($"{clip.Name}: after everything was refined the picture still differs from the screen, first in row {y}.");
    }

    private void NoteWorst(double error, int column, int row, int frame)
    {
        if (error <= worstError) return;
        worstError = error;
        var decibels = 10 * Math.Log10(Peak / error);
        Worst = string.Create(CultureInfo.InvariantCulture, $"{decibels:0.0} dB, frame {frame}, at {column * BlockMap.BlockSize},{row * BlockMap.BlockSize}");
    }

    private (double Luma, double Color, int Pixels) BlockError(PixelView screen, int column, int row)
    {
        var (left, top) = (column * BlockMap.BlockSize, row * BlockMap.BlockSize);
        var width = Math.Min(BlockMap.BlockSize, screen.Width - left);
        var bottom = Math.Min(screen.Height, top + BlockMap.BlockSize);
        double luma = 0, color = 0;
        for (var y = top; y < bottom; y++)
        {
            var wanted = screen.Row(y).Slice(left, width);
            var shown = decoder.Row(y).Slice(left, width);
            if (wanted.SequenceEqual(shown)) continue;
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = (Part(wanted[x], 16) - Part(shown[x], 16), Part(wanted[x], 8) - Part(shown[x], 8), Part(wanted[x], 0) - Part(shown[x], 0));
                color += red * red + green * green + blue * blue;
                var gray = 0.299 * red + 0.587 * green + 0.114 * blue;
                luma += gray * gray;
            }
        }
        return (luma, color, width * (bottom - top));
    }

    private static int Part(uint pixel, int shift) => (int)(pixel >> shift & 0xFF);
}
