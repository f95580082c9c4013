using Nabij.Server.Pages;

namespace Nabij.Server.Terms;

/// <summary>What the overview of terms shows.</summary>
public sealed record TermsListView
{
    public required string Slug { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<VersionLine> Versions { get; init; }

    /// <summary>Each language, and whether it has a draft.</summary>
    public required IReadOnlyList<(string Language, bool HasDraft)> Languages { get; init; }

    public string? Done { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    public bool HasDraft => Languages.Any(one => one.HasDraft);

    public sealed record VersionLine(string Number, string At, string By, string Note, IReadOnlyList<string> Languages);
}

/// <summary>What the editor of one language shows.</summary>
public sealed record TermsDraftView
{
    public required string Language { get; init; }

    public required string Terms { get; init; }

    public required string Licence { get; init; }

    /// <summary>Shown as customers would see it.</summary>
    public bool IsPreview { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>What is about to be published, as customers would see it, and what that changes.</summary>
public sealed record TermsPreviewView
{
    public required string NextVersion { get; init; }

    /// <summary>Names what is seen here.</summary>
    public required string Seen { get; init; }

    public required IReadOnlyList<Language> Languages { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    /// <summary>One language with what changes in each of its texts.</summary>
    public sealed record Language(
        string Name, IReadOnlyList<TextBlock> Terms, IReadOnlyList<TextBlock> Licence, IReadOnlyList<DiffPart> TermsChange, IReadOnlyList<DiffPart> LicenceChange);
}

/// <summary>Two versions of one text side by side in time.</summary>
public sealed record TermsCompareView
{
    public required IReadOnlyList<string> Versions { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Language { get; init; }

    public required string Kind { get; init; }

    /// <summary>Null when one of the two has no such text.</summary>
    public required IReadOnlyList<DiffPart>? Parts { get; init; }
}
