using System.Globalization;
using Nabij.Bench.Figures;

namespace Nabij.Bench.Codec;

/// <summary>Reports as tables for people and as figures for comparison.</summary>
internal static class CodecReportWriter
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string BytesTable(IEnumerable<ClipReport> reports)
    {
        var table = new Table("clip", "frames", "first kB", "moving kB", "updates kB", "refined kB", "to exact kB", "p50 B", "p95 B", "max B", "approx. blocks %", "their luma dB", "RGB dB", "exact after ms");
        foreach (var report in reports)
        {
            table.Add(report.Clip, $"{report.Frames}", Kilo(report.FirstFrameBytes), Kilo(report.MovingBytes), Kilo(report.UpdateBytes), Kilo(report.RefinementBytes),
                Kilo(report.EndBytes), Whole(report.Bytes.Median), Whole(report.Bytes.P95), Whole(report.Bytes.Max), Tenth(100 * report.ApproximatedShare),
                Tenth(report.LumaPsnr), Tenth(report.ColorPsnr), Whole(report.ExactAfter.TotalMilliseconds));
        }
        return table.ToString();
    }

    public static string TimesTable(IEnumerable<ClipReport> reports)
    {
        var table = new Table("clip", "encode ms p50", "p95", "max", "of it deciding p50", "p95", "mean", "decode ms p50", "p95", "max", "first frame ms", "allocated B/frame");
        foreach (var report in reports)
        {
            var (encode, decide, decode) = (report.EncodeMilliseconds, report.DecideMilliseconds, report.DecodeMilliseconds);
            table.Add(report.Clip, Hundredth(encode.Median), Hundredth(encode.P95), Hundredth(encode.Max), Hundredth(decide.Median), Hundredth(decide.P95),
                Hundredth(decide.Mean), Hundredth(decode.Median), Hundredth(decode.P95), Hundredth(decode.Max), Tenth(report.FirstEncodeMilliseconds),
                Whole(report.AllocatedPerFrame));
        }
        return table.ToString();
    }

    /// <summary>Null when the codec does not say how it coded its blocks.</summary>
    public static string? ModesTable(IReadOnlyList<ClipReport> reports)
    {
        string[] modes = [.. reports.SelectMany(report => report.Modes.Keys).Distinct()];
        if (modes.Length == 0) return null;
        var table = new Table(["clip", .. modes.Select(mode => mode + " %")]);
        foreach (var report in reports) table.Add([report.Clip, .. modes.Select(mode => Tenth(report.Modes.GetValueOrDefault(mode)))]);
        return table.ToString();
    }

    public static IEnumerable<Figure> FiguresOf(ClipReport report)
    {
        Figure Of(string name, double value, string unit) => new($"codec/{report.Clip}/{name}", value, unit);
        yield return Of("frames", report.Frames, "frames");
        yield return Of("first frame", report.FirstFrameBytes / 1000.0, "kB");
        yield return Of("moving", report.MovingBytes / 1000.0, "kB");
        yield return Of("updates", report.UpdateBytes / 1000.0, "kB");
        yield return Of("refined", report.RefinementBytes / 1000.0, "kB");
        yield return Of("to exact", report.EndBytes / 1000.0, "kB");
        yield return Of("total", report.TotalBytes / 1000.0, "kB");
        yield return Of("update p50", report.Bytes.Median, "B");
        yield return Of("update p95", report.Bytes.P95, "B");
        yield return Of("update max", report.Bytes.Max, "B");
        foreach (var (name, times) in new[] { ("encode", report.EncodeMilliseconds), ("decide", report.DecideMilliseconds), ("decode", report.DecodeMilliseconds) })
        {
            yield return Of(name + " p50", times.Median, "ms");
            yield return Of(name + " p95", times.P95, "ms");
            yield return Of(name + " mean", times.Mean, "ms");
        }
        yield return Of("first frame encode", report.FirstEncodeMilliseconds, "ms");
        yield return Of("exact after", report.ExactAfter.TotalSeconds, "s");
        yield return Of("allocated", report.AllocatedPerFrame, "B/frame");
        yield return Of("approximated", 100 * report.ApproximatedShare, "%");
        yield return Of("approximated luma", report.LumaPsnr, "dB");
        yield return Of("color", report.ColorPsnr, "dB");
        foreach (var (mode, share) in report.Modes) yield return Of("mode " + mode, share, "%");
    }

    private static string Kilo(long bytes) => (bytes / 1000.0).ToString(bytes < 10_000 ? "0.0" : "0", Plain);

    private static string Whole(double value) => value.ToString("0", Plain);

    private static string Tenth(double value) => double.IsFinite(value) ? value.ToString("0.0", Plain) : "-";

    private static string Hundredth(double value) => value.ToString("0.00", Plain);
}
