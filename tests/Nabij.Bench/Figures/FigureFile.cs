using System.Text.Json;

namespace Nabij.Bench.Figures;

/// <summary>Files of figures under artifacts/bench: a JSON array of {"name","value","unit"}.</summary>
internal static class FigureFile
{
    /// <summary>More bytes than this share of the earlier figure is a regression, and likewise for time (picture.md B9).</summary>
    private const double BytesTolerance = 0.03, TimeTolerance = 0.15;

    /// <summary>Less than this is noise of the clock, in milliseconds.</summary>
    private const double LeastTime = 0.1;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    public static void Write(string file, IEnumerable<Figure> figures)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Infinity (the PSNR of an exact picture) has no form in JSON.
        var lines = figures.Where(figure => double.IsFinite(figure.Value))
            .Select(figure => "  " + JsonSerializer.Serialize(figure with { Value = Math.Round(figure.Value, 3) }, Form));
        File.WriteAllText(file, $"[\n{string.Join(",\n", lines)}\n]\n");
    }

    /// <exception cref="BenchException">The file is not there or not a file of figures.</exception>
    public static IReadOnlyList<Figure> Read(string file)
    {
        if (!File.Exists(file)) throw new BenchException($"There is no file {file} to compare with.");
        try
        {
            return JsonSerializer.Deserialize<List<Figure>>(File.ReadAllText(file), Form)!;
        }
        catch (JsonException wrong)
        {
            throw new BenchException($"{file} is not a file of figures: {wrong.Message}");
        }
    }

    /// <summary>The figures that are worse than before by more than the tolerance, in words. Larger is always worse.</summary>
    public static IReadOnlyList<string> Regressions(IReadOnlyList<Figure> before, IReadOnlyList<Figure> now)
    {
        var old = before.ToDictionary(figure => figure.Name, StringComparer.Ordinal);
        return [.. from figure in now
                   where figure.Unit is "B" or "kB" or "ms" && old.ContainsKey(figure.Name)
                   let was = old[figure.Name].Value
                   let limit = figure.Unit == "ms" ? was * (1 + TimeTolerance) + LeastTime : was * (1 + BytesTolerance)
                   where figure.Value > limit
                   select $"{figure.Name}: {was:0.###} -> {figure.Value:0.###} {figure.Unit}"];
    }
}
