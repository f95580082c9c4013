namespace Nabij.Bench.Figures;

/// <summary>docs/performance.md, whose measured parts stand between the lines "begin NAME" and "end NAME" of comments.</summary>
internal sealed class PerformancePage(string file)
{
    /// <summary>Puts a measured part in the place of the one before.</summary>
    /// <exception cref="BenchException">The page has no such part.</exception>
    public void Replace(string part, string text)
    {
        var page = File.ReadAllText(file);
        var (begin, end) = ($"<!-- begin {part} -->\n", $"<!-- end {part} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new BenchException($"{file} has no part '{part}'.");
        File.WriteAllText(file, page[..(from + begin.Length)] + text.TrimEnd() + "\n" + page[to..]);
    }
}
