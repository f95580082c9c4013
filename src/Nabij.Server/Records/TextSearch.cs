using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Records;

/// <summary>
/// Finds a part of a text whatever its case: as typed, and in lower case against the stored text in lower case, because
/// databases differ in which letters they know both cases of. The words of the search are no pattern.
/// </summary>
internal static class TextSearch
{
    internal const string Escape = "\\";

    internal static (string Typed, string Lower) Patterns(string part) => (Pattern(part), Pattern(part.ToLowerInvariant()));

    internal static IQueryable<SessionLine> Named(IQueryable<SessionLine> lines, string part)
    {
        var (typed, lower) = Patterns(part);
        return lines.Where(row => EF.Functions.Like(row.CustomerName, typed, Escape) || EF.Functions.Like(row.CustomerName.ToLower(), lower, Escape));
    }

    private static string Pattern(string part) =>
        $"%{part.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal)}%";
}
