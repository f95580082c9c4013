using Nabij.Bench.Clips;
using Nabij.Bench.Figures;

namespace Nabij.Bench.Codec;

/// <summary>`codec`: replays the corpus through the encoder, prints tables, writes figures, compares with earlier ones.</summary>
internal static class CodecCommand
{
    public const int DefaultPasses = 3, DefaultMegabits = 50;

    public static int Run(Arguments arguments, Places places)
    {
        var corpus = new Corpus(arguments.Text("--corpus") ?? places.Corpus, arguments.List("--clips"));
        var codec = PictureCodec.Of(arguments.Text("--codec"));
        var before = arguments.Text("--baseline") is { } file ? FigureFile.Read(file) : null;
        var line = arguments.Number("--line", DefaultMegabits) * 1e6 / 8;
        var reports = new List<ClipReport>();
        WarmUp(corpus, codec, line);
        foreach (var name in corpus.Names)
        {
            Console.Error.Write($"  {name}");
            reports.Add(new ClipBench(corpus.Read(name), codec, line).Run(arguments.Number("--passes", DefaultPasses)));
            Console.Error.WriteLine(reports[^1].WorstBlock is { } worst ? $": worst approximated block {worst}" : "");
            GC.Collect();
        }
        Figure[] figures = [.. reports.SelectMany(CodecReportWriter.FiguresOf)];
        FigureFile.Write(arguments.Text("--out") ?? Path.Combine(places.Figures, "codec.json"), figures);
        string?[] tables = [CodecReportWriter.BytesTable(reports), CodecReportWriter.TimesTable(reports), CodecReportWriter.ModesTable(reports)];
        var text = string.Join("\n", tables.Where(table => table is not null));
        Console.Out.WriteLine(text);
        if (arguments.Has("--write-docs")) new PerformancePage(places.PerformancePage).Replace("codec", "## The codec on the corpus", text);
        string[] allocating = codec.MayAllocate ? [] : [.. reports.Where(report => report.AllocatedPerFrame > 0).Select(report => report.Clip)];
        foreach (var clip in allocating) Console.Out.WriteLine($"allocates: {clip}");
        var isWorse = before is not null && Judge(FigureFile.Regressions(before, figures));
        return isWorse || allocating.Length > 0 ? 1 : 0;
    }

    // The first pictures run in slow code that is not compiled for good yet.
    public static void WarmUp(Corpus corpus, PictureCodec codec, double line)
    {
        var clip = corpus.Read(corpus.Names[0]);
        _ = new ClipBench(clip with { Frames = [.. clip.Frames.Take(60)] }, codec, line).Run(passes: 3);
    }

    private static bool Judge(IReadOnlyList<string> regressions)
    {
        foreach (var text in regressions) Console.Out.WriteLine("worse: " + text);
        Console.Out.WriteLine(regressions.Count == 0 ? "no figure is worse than before" : $"{regressions.Count} figures are worse than before (bytes by more than 3 %, time by more than 15 %)");
        return regressions.Count > 0;
    }
}
