namespace Nabij.Bench;

/// <summary>Where things are in the repository that this program was built from.</summary>
internal sealed record Places(string Root)
{
    public string Corpus => Path.Combine(Root, "artifacts", "corpus");

    public string Figures => Path.Combine(Root, "artifacts", "bench");

    public string PerformancePage => Path.Combine(Root, "docs", "performance.md");

    /// <summary>Looks upward from the program for the solution.</summary>
    /// <exception cref="BenchException">It runs outside the repository.</exception>
    public static Places Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Nabij.slnx"))) return new Places(folder);
        throw new BenchException("This program belongs into the repository's artifacts; run it by ./dev bench.");
    }
}
