using Nabij.Server.Records;

namespace Nabij.Server.Terms;

/// <summary>Who accepted which version when: a page of the list, newest first.</summary>
public sealed record AcceptedView
{
    public required AcceptedSearch Search { get; init; }

    public required IReadOnlyList<string> Versions { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>The search, as links carry it on.</summary>
    public required KeptQuery Kept { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public required string? Next { get; init; }

    public required bool IsLater { get; init; }

    /// <param name="At">By the server's clock, in the organization's zone.</param>
    /// <param name="InProgram">In the customer's program; else on the help page, where nobody gives a name.</param>
    /// <param name="Name">What the customer wants to be called; empty where it is not known.</param>
    /// <param name="Version">Of the terms.</param>
    /// <param name="Language">Of the terms.</param>
    /// <param name="Backup">"yes", "no" or "help".</param>
    /// <param name="Fingerprint">Of the consent record, which the customer has as well; or the number of the acceptance.</param>
    public sealed record Line(string At, bool InProgram, string Name, string Version, string Language, string Backup, string Fingerprint);
}

/// <summary>What is looked for.</summary>
/// <param name="Word">Part of a name, or the beginning of a fingerprint; empty for all.</param>
/// <param name="Version">Empty for all.</param>
/// <param name="From">First day, yyyy-MM-dd; empty for no bound.</param>
/// <param name="Until">Last day.</param>
public sealed record AcceptedSearch(string Word, string Version, string From, string Until)
{
    internal const int LongestWord = 64;
}
