// The bench: records a corpus of real programs and measures the picture's codec on it. Never released. See bench/README.md.
using Nabij.Bench;
using Nabij.Bench.Codec;
using Nabij.Bench.Compare;
using Nabij.Bench.Kernels;
using Nabij.Bench.Record;

const string Usage =
    """
    Nabij.Bench: run it by ./dev bench
      record --rate N --seconds N --out PREFIX       records the display of DISPLAY into PREFIX.mkv and PREFIX.txt
      codec [--clips A,B] [--corpus DIR] [--codec NAME] [--passes N] [--line MBIT/S] [--out FILE] [--baseline FILE] [--write-docs]
                                                     replays the clips through the encoder; exit code 1 when a figure of
                                                     the baseline got worse
      kernels [--write-docs]                         the codec's parts one by one
      streams --out DIR [--clips A,B] [--corpus DIR] [--codec NAME] [--line MBIT/S]
                                                     writes what a viewer would receive, for measuring its decoder
      compare [--clips A,B] [--corpus DIR] [--codec NAME] [--peers A,B] [--passes N] [--line MBIT/S] [--out FILE] [--write-docs]
                                                     ours, the video codecs of ffmpeg and TigerVNC on the same clips
    """;

try
{
    return args.FirstOrDefault() switch
    {
        "record" => await RecordAsync(new Arguments(args.AsSpan(1), ["--rate", "--seconds", "--out"], [])),
        "codec" => CodecCommand.Run(
            new Arguments(args.AsSpan(1), ["--clips", "--corpus", "--codec", "--passes", "--line", "--out", "--baseline"], ["--write-docs"]), Places.Find()),
        "kernels" => KernelsCommand.Run(new Arguments(args.AsSpan(1), [], ["--write-docs"]), Places.Find()),
        "streams" => StreamsCommand.Run(new Arguments(args.AsSpan(1), ["--out", "--clips", "--corpus", "--codec", "--line"], []), Places.Find()),
        "compare" => await CompareCommand.RunAsync(
            new Arguments(args.AsSpan(1), ["--clips", "--corpus", "--codec", "--peers", "--passes", "--line", "--out"], ["--write-docs"]), Places.Find()),
        _ => ShowUsage(),
    };
}
catch (BenchException wrong)
{
    Console.Error.WriteLine("bench: " + wrong.Message);
    return 2;
}

static async Task<int> RecordAsync(Arguments arguments)
{
    if (!OperatingSystem.IsLinux()) throw new BenchException("Clips are recorded on Linux, from an X server.");
    using var recorder = new Recorder(TimeProvider.System);
    var prefix = arguments.Required("--out");
    var count = await recorder.RunAsync(arguments.Number("--rate", 30), TimeSpan.FromSeconds(arguments.Number("--seconds", 5)), prefix);
    Console.Out.WriteLine($"{Path.GetFileName(prefix)}: {count} frames");
    return 0;
}

static int ShowUsage()
{
    Console.Out.WriteLine(Usage);
    return 2;
}
