using Nabij.Bench.Clips;
using Nabij.Bench.Codec;
using Nabij.Bench.Figures;

namespace Nabij.Bench.Compare;

/// <summary>`compare`: ours, ffmpeg's video codecs and TigerVNC on the same clips in the same run.</summary>
internal static class CompareCommand
{
    private const string Lossless = "TigerVNC lossless", WithJpeg = "TigerVNC JPEG 8";
    private const int JpegQuality = 8;
    private const string PageHead =
        """
        ## Beside other codecs
        The same clips in the same run. Ours counts the moving phase, the others all after the first frame. The others' pictures are lossy for good; ours becomes exact.
        """;

    public static async Task<int> RunAsync(Arguments arguments, Places places)
    {
        var corpus = new Corpus(arguments.Text("--corpus") ?? places.Corpus, arguments.List("--clips"));
        var codec = PictureCodec.Of(arguments.Text("--codec"));
        var line = arguments.Number("--line", CodecCommand.DefaultMegabits) * 1e6 / 8;
        var peers = ChoosePeers(arguments.List("--peers"));
        CodecCommand.WarmUp(corpus, codec, line);
        var results = new List<ClipComparison>();
        foreach (var name in corpus.Names)
        {
            var clip = corpus.Read(name);
            Console.Error.WriteLine($"  {name}: ours");
            var ours = new ClipBench(clip, codec, line).Run(arguments.Number("--passes", CodecCommand.DefaultPasses));
            results.Add(new ClipComparison(ours, await RunPeersAsync(peers, clip, corpus.VideoOf(name))));
            GC.Collect();
        }
        Write(arguments, places, results);
        return 0;
    }

    private static IReadOnlyList<string> ChoosePeers(IReadOnlyList<string>? wanted)
    {
        string[] known = [.. VideoCodec.All.Select(codec => codec.Name), Lossless, WithJpeg];
        if (wanted?.FirstOrDefault(name => !known.Contains(name)) is { } wrong)
            throw new BenchException($"There is no peer '{wrong}'; there are {string.Join(", ", known)}.");
        return wanted ?? known;
    }

    private static async Task<IReadOnlyList<PeerResult>> RunPeersAsync(IReadOnlyList<string> peers, Clip clip, string video)
    {
        var results = new List<PeerResult>();
        foreach (var peer in peers)
        {
            Console.Error.WriteLine($"  {clip.Name}: {peer}");
            results.Add(VideoCodec.All.FirstOrDefault(codec => codec.Name == peer) is { } codec
                ? await new VideoComparison(video, $"{clip.Width}x{clip.Height}").RunAsync(codec)
                : await new VncComparison(clip, TimeProvider.System).RunAsync(peer, peer == WithJpeg ? JpegQuality : null));
        }
        return results;
    }

    private static void Write(Arguments arguments, Places places, IReadOnlyList<ClipComparison> results)
    {
        FigureFile.Write(arguments.Text("--out") ?? Path.Combine(places.Figures, "compare.json"), results.SelectMany(ComparisonWriter.FiguresOf));
        var text =
            $"""
            Bytes after the first frame, kB:

            {ComparisonWriter.BytesTable(results)}
            Time for a frame (ours: one thread; peers: processor time of the process), ms:

            {ComparisonWriter.TimesTable(results)}
            Quality of the moving picture, PSNR in RGB over all frames:

            {ComparisonWriter.QualityTable(results)}
            Ratios (ok: at most 10 % above the study's, the prototype that the design was measured with, on its own recording of the same kinds of work; it coded films as windows alone and has no ratio for them):

            {ComparisonWriter.RatiosTable(results)}
            """;
        Console.Out.WriteLine(text);
        if (arguments.Has("--write-docs")) new PerformancePage(places.PerformancePage).Replace("compare", PageHead, text);
    }
}
