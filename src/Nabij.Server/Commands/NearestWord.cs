namespace Nabij.Server.Commands;

/// <summary>What somebody meant who mistyped a word of the command line.</summary>
internal static class NearestWord
{
    /// <summary>Longer words are not worth the comparison, and are no typing errors.</summary>
    private const int LongestWord = 64;

    /// <summary>The nearest of the words by insertions, deletions and replacements; null when none is near.</summary>
    internal static string? Find(string typed, IReadOnlyCollection<string> words)
    {
        if (typed.Length > LongestWord || words.Count == 0)
            return null;
        var completed = words.Where(word => typed.Length > 3 && word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        if (completed.Count == 1)
            return completed[0];
        var (nearest, distance) = words.Select(word => (word, Distance(typed, word))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(2, typed.TrimStart('-').Length / 3) ? nearest : null;
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(one[i - 1]) == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
