namespace Nabij.Bench.Codec;

/// <summary>Everything measured about one clip. Bytes exclude the first frame where not said otherwise.</summary>
internal sealed record ClipReport
{
    public required string Clip { get; init; }

    public required int Frames { get; init; }

    public required int FirstFrameBytes { get; init; }

    /// <summary>Updates without refinement, as long as the clip moves.</summary>
    public required long UpdateBytes { get; init; }

    /// <summary>Refinement between the updates.</summary>
    public required long RefinementBytes { get; init; }

    /// <summary>Refinement after the last update until the picture was exact.</summary>
    public required long EndBytes { get; init; }

    /// <summary>Updates when refinement waits for the end of the clip, as the study counted (picture.md B3.1).</summary>
    public required long MovingBytes { get; init; }

    public required TimeSpan ExactAfter { get; init; }

    public required Percentiles Bytes { get; init; }

    public required Percentiles EncodeMilliseconds { get; init; }

    public required Percentiles DecideMilliseconds { get; init; }

    public required Percentiles DecodeMilliseconds { get; init; }

    public required double FirstEncodeMilliseconds { get; init; }

    public required double AllocatedPerFrame { get; init; }

    public required double ApproximatedShare { get; init; }

    public required double LumaPsnr { get; init; }

    public required double ColorPsnr { get; init; }

    /// <summary>The block that was approximated worst when first sent, in words.</summary>
    public required string? WorstBlock { get; init; }

    /// <summary>How the blocks were coded, in per cent of those not left alone; empty when the codec does not say.</summary>
    public required IReadOnlyDictionary<string, double> Modes { get; init; }

    public long TotalBytes => UpdateBytes + RefinementBytes + EndBytes;
}
