using System.Globalization;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The number space of docs/protocol/01-rendezvous.md: 800 nameplates of three digits beginning 0-7, and an
/// overflow of 2,000 of four digits beginning 8-9. Every number here is a promise of the chapter.
/// </summary>
internal static class Nameplates
{
    internal const int ShortCount = 800;
    internal const int LongFirst = 8000;
    internal const int LongCount = 2000;

    /// <summary>Long nameplates are given out only while fewer short ones than this are free: they cost a secret digit.</summary>
    internal const int ShortReserve = 80;

    internal static readonly IReadOnlyList<string> Short =
        [.. Enumerable.Range(0, ShortCount).Select(number => number.ToString("D3", CultureInfo.InvariantCulture))];

    internal static readonly IReadOnlyList<string> Long =
        [.. Enumerable.Range(LongFirst, LongCount).Select(number => number.ToString("D4", CultureInfo.InvariantCulture))];
}
