namespace Nabij.Bench.Figures;

/// <summary>
/// docs/performance.md, whose measured parts stand between the comments "begin NAME" and "end NAME". A part that is not
/// there yet gets a section of its own before the last one.
/// </summary>
internal sealed class PerformancePage(string file)
{
    private const string LastSection = "## Keeping it so";

    /// <summary>Puts a measured part in the place of the one before; the head is for a section that is new.</summary>
    /// <exception cref="BenchException">The page has lost its form.</exception>
    public void Replace(string part, string head, string text)
    {
        var page = File.ReadAllText(file);
        var (begin, end) = ($"<!-- begin {part} -->\n", $"<!-- end {part} -->");
        if (!page.Contains(begin, StringComparison.Ordinal)) page = AddSection(page, $"{head}\n\n{begin}{end}\n\n");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (to < from) throw new BenchException($"{file} does not end its part '{part}'.");
        File.WriteAllText(file, page[..(from + begin.Length)] + text.TrimEnd() + "\n" + page[to..]);
    }

    private string AddSection(string page, string section)
    {
        var at = page.IndexOf(LastSection, StringComparison.Ordinal);
        return at >= 0 ? page.Insert(at, section) : throw new BenchException($"{file} has no section '{LastSection}'.");
    }
}
