using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// About how many bytes blocks will take: fixed weights for each mode, corrected by how large the last pieces really were.
/// </summary>
internal sealed class SizeEstimate
{
    public const int Qualities = 4;

    // Tuning: bytes, from the corpus.
    private const double PieceBytes = 6, CheapBlock = 0.2, InterPixel = 0.2, IntraEdge = 0.25;
    private const double Slowness = 0.9, LeastRatio = 0.1, GreatestRatio = 8;

    private readonly double[] ratios = [1, 1, 1, 1];

    private static ReadOnlySpan<double> PhotoBlock => [48, 26, 28, 16];

    private static ReadOnlySpan<double> FilmBlock => [16, 8, 8, 5];

    public static double Raw(BlockMode mode, int surprises, PictureQuality quality) => mode switch
    {
        BlockMode.Transform or BlockMode.FineTransform => PhotoBlock[(int)quality],
        BlockMode.Motion => FilmBlock[(int)quality],
        BlockMode.Photo => 150,
        BlockMode.Intra => quality >= PictureQuality.Rough ? Math.Min(PhotoBlock[(int)quality], 1 + IntraEdge * surprises) : 1 + IntraEdge * surprises,
        BlockMode.Still or >= BlockMode.Moved and < BlockMode.Photo => 1 + InterPixel * surprises,
        _ => CheapBlock,
    };

    public int Of(double raw, PictureQuality quality) => (int)(PieceBytes + raw * ratios[(int)quality]);

    /// <summary>A piece that was thought to take <paramref name="raw"/> took so many bytes.</summary>
    public void Learn(double raw, int bytes, PictureQuality quality)
    {
        if (raw < 32) return;
        ref var ratio = ref ratios[(int)quality];
        ratio = Math.Clamp(ratio * Slowness + bytes / raw * (1 - Slowness), LeastRatio, GreatestRatio);
    }
}
