using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabij.Bench.Compare;

/// <summary>
/// Runs ffmpeg's encoders over a clip. A first ffmpeg turns the clip into raw frames of the codec's own colors; only the
/// second, which reads them and encodes, is timed. Quality is measured after decoding, in RGB.
/// </summary>
internal sealed partial class VideoComparison(string clip, string size)
{
    private const string Rate = "30";

    public async Task<PeerResult> RunAsync(VideoCodec codec)
    {
        var coded = Path.Combine(Path.GetTempPath(), $"nabij-bench-{Environment.ProcessId}.mkv");
        try
        {
            var cpu = await EncodeAsync(codec, coded);
            var packets = await PacketsAsync(coded);
            return new PeerResult(codec.Name, packets.Skip(1).Sum(), cpu / packets.Count, await PsnrAsync(coded), packets.Count);
        }
        finally
        {
            File.Delete(coded);
        }
    }

    private async Task<double> EncodeAsync(VideoCodec codec, string coded)
    {
        string[] raw = ["-f", "rawvideo", "-pix_fmt", codec.PixelFormat];
        string[] first = ["-v", "error", "-i", clip, "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int", .. raw, "-"];
        string[] second =
        [
            "-hide_banner", "-nostats", "-benchmark", "-y", .. raw, "-s", size, "-r", Rate, "-i", "-",
            "-threads", "1", "-g", "100000", .. codec.Options, "-colorspace", "bt709", "-color_range", "tv", coded,
        ];
        const string Pipe = "set -o pipefail; count=$1; shift; ffmpeg \"${@:1:count}\" | ffmpeg \"${@:count+1}\"";
        var printed = await Tool.RunAsync("bash", ["-c", Pipe, "compare", $"{first.Length}", .. first, .. second]);
        var used = ProcessorTime().Match(printed);
        if (!used.Success) throw new BenchException("ffmpeg did not say how much processor time it took.");
        return 1000 * (Number(used.Groups[1]) + Number(used.Groups[2]));
    }

    private static async Task<IReadOnlyList<long>> PacketsAsync(string coded)
    {
        var printed = await Tool.RunAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=size", "-of", "csv=p=0", coded);
        const StringSplitOptions OnlyWords = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return [.. printed.Split((char[])['\n', ','], OnlyWords).Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
    }

    private async Task<double> PsnrAsync(string coded)
    {
        // Numbered anew: the two files' clocks need not agree.
        const string Graph =
            "[0:v]scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int+full_chroma_inp,format=gbrp,settb=AVTB,setpts=N*1000[a];" +
            "[1:v]format=gbrp,settb=AVTB,setpts=N*1000[b];[a][b]psnr";
        var printed = await Tool.RunAsync("ffmpeg", "-hide_banner", "-nostats", "-i", coded, "-i", clip, "-lavfi", Graph, "-f", "null", "-");
        var average = AveragePsnr().Match(printed);
        if (!average.Success) return double.NaN;
        return average.Groups[1].Value == "inf" ? double.PositiveInfinity : Number(average.Groups[1]);
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"utime=([0-9.]+)s stime=([0-9.]+)s")]
    private static partial Regex ProcessorTime();

    [GeneratedRegex(@"PSNR.* average:([0-9.]+|inf)")]
    private static partial Regex AveragePsnr();
}
