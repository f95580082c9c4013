using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Drift;

/// <summary>Reads the tables of docs/protocol as they stand.</summary>
internal static class ProtocolTables
{
    /// <summary>The rows of the first table behind a heading, without the header; cells trimmed, back-ticks removed.</summary>
    public static List<string[]> Rows(string chapter, string heading)
    {
        var lines = File.ReadAllLines(Path.Combine(VectorFolder.Root, "docs", "protocol", chapter));
        var start = Array.FindIndex(lines, line => line.TrimStart('#', ' ').StartsWith(heading, StringComparison.Ordinal) && line.StartsWith('#'));
        Assert.True(start >= 0, $"{chapter} has no heading {heading}");
        return [.. lines.Skip(start + 1)
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())];
    }

    /// <summary>KEY_UPDATE and key-update become KeyUpdate.</summary>
    public static string Pascal(string name) => string.Concat(
        name.Split('_', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));
}
