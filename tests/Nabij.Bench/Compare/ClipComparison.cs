using Nabij.Bench.Codec;

namespace Nabij.Bench.Compare;

/// <summary>One clip, ours and the peers', measured in the same run.</summary>
internal sealed record ClipComparison(ClipReport Ours, IReadOnlyList<PeerResult> Peers)
{
    private const string BytesPeer = "VP9 4:4:4", TimePeer = "x264 ultrafast";

    public StudyRatios Study => StudyRatios.Of(Ours.Clip);

    /// <summary>Ours by VP9's bytes, as the study counted; null when VP9 was not run.</summary>
    public double? BytesRatio => Ours.MovingBytes / Peer(BytesPeer)?.Bytes;

    /// <summary>Our median encode time by x264's processor time for a frame.</summary>
    public double? MedianRatio => Ours.EncodeMilliseconds.Median / Peer(TimePeer)?.CpuMilliseconds;

    /// <summary>Our 95th percentile by the same.</summary>
    public double? P95Ratio => Ours.EncodeMilliseconds.P95 / Peer(TimePeer)?.CpuMilliseconds;

    private PeerValues? Peer(string name) =>
        Peers.FirstOrDefault(peer => peer.Peer == name) is { } found ? new PeerValues(found.Bytes, found.CpuMilliseconds) : null;

    private readonly record struct PeerValues(double Bytes, double CpuMilliseconds);
}
