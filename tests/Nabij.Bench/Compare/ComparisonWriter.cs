using System.Globalization;
using Nabij.Bench.Figures;

namespace Nabij.Bench.Compare;

/// <summary>Comparisons as tables for people and as figures.</summary>
internal static class ComparisonWriter
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string BytesTable(IReadOnlyList<ClipComparison> clips) =>
        PeersTable(clips, "ours kB", ours => Kilo(ours.Ours.MovingBytes), peer => Kilo(peer.Bytes));

    public static string TimesTable(IReadOnlyList<ClipComparison> clips) =>
        PeersTable(clips, "ours ms, mean", ours => Hundredth(ours.Ours.EncodeMilliseconds.Mean), peer => Tenth(peer.CpuMilliseconds));

    public static string QualityTable(IReadOnlyList<ClipComparison> clips) =>
        PeersTable(clips, "ours dB", ours => Decibels(ours.Ours.ColorPsnr), peer => Decibels(peer.ColorPsnr));

    public static string RatiosTable(IReadOnlyList<ClipComparison> clips)
    {
        var table = new Table("clip", "bytes / VP9 4:4:4", "study", "", "ms p50 / x264 ultrafast", "study", "", "ms p95 / x264 ultrafast", "study", "");
        foreach (var clip in clips)
        {
            var study = clip.Study;
            table.Add([clip.Ours.Clip, .. Pair(clip.BytesRatio, study.Bytes), .. Pair(clip.MedianRatio, study.Median), .. Pair(clip.P95Ratio, study.P95)]);
        }
        return table.ToString();
    }

    public static IEnumerable<Figure> FiguresOf(ClipComparison clip)
    {
        var name = $"compare/{clip.Ours.Clip}";
        yield return new Figure($"{name}/ours/bytes", clip.Ours.MovingBytes / 1000.0, "kB");
        yield return new Figure($"{name}/ours/encode mean", clip.Ours.EncodeMilliseconds.Mean, "ms");
        foreach (var peer in clip.Peers)
        {
            yield return new Figure($"{name}/{peer.Peer}/bytes", peer.Bytes / 1000.0, "kB");
            yield return new Figure($"{name}/{peer.Peer}/cpu", peer.CpuMilliseconds, "ms");
            yield return new Figure($"{name}/{peer.Peer}/color", peer.ColorPsnr, "dB");
            yield return new Figure($"{name}/{peer.Peer}/frames", peer.Frames, "frames");
        }
        foreach (var (what, ratio) in new[] { ("bytes by VP9 4:4:4", clip.BytesRatio), ("p50 by x264 ultrafast", clip.MedianRatio), ("p95 by x264 ultrafast", clip.P95Ratio) })
            if (ratio is { } value) yield return new Figure($"{name}/ratio {what}", value, "ratio");
    }

    private static string PeersTable(IReadOnlyList<ClipComparison> clips, string ours, Func<ClipComparison, string> ourCell, Func<PeerResult, string> peerCell)
    {
        string[] peers = [.. clips.SelectMany(clip => clip.Peers).Select(peer => peer.Peer).Distinct()];
        var table = new Table(["clip", ours, .. peers]);
        foreach (var clip in clips)
            table.Add([clip.Ours.Clip, ourCell(clip), .. peers.Select(name => clip.Peers.FirstOrDefault(peer => peer.Peer == name) is { } peer ? peerCell(peer) : "-")]);
        return table.ToString();
    }

    // The ratio, the study's, and a word on how they stand.
    private static string[] Pair(double? ratio, double? study) =>
        [Ratio(ratio), Ratio(study), ratio is not { } now || study is not { } then ? "" : now <= then * StudyRatios.Tolerance ? "ok" : "above"];

    private static string Kilo(long bytes) => (bytes / 1000.0).ToString(bytes < 10_000 ? "0.0" : "0", Plain);

    private static string Ratio(double? value) => value is { } ratio ? ratio.ToString(ratio < 0.1 ? "0.000" : "0.00", Plain) : "-";

    private static string Tenth(double value) => value.ToString("0.0", Plain);

    private static string Hundredth(double value) => value.ToString("0.00", Plain);

    private static string Decibels(double value) => double.IsNaN(value) ? "-" : double.IsInfinity(value) ? "exact" : value.ToString("0.0", Plain);
}
