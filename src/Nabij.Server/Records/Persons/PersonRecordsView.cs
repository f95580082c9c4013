using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>The search for a person, what was found, and what was done.</summary>
public sealed record PersonRecordsView
{
    public required PersonQuery Query { get; init; }

    /// <summary>Null before a search.</summary>
    public required IReadOnlyList<TraceRow>? Found { get; init; }

    /// <summary>A table had more than are shown.</summary>
    public bool IsCut { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    public string? Done { get; init; }
}

/// <summary>One row in which the person was found, as the page shows it.</summary>
/// <param name="Value">As the form sends it.</param>
/// <param name="Kind">A key of the texts behind "trace.".</param>
/// <param name="When">In the organization's time.</param>
/// <param name="Words">What stands in it, short.</param>
/// <param name="IsErasable">False where nothing can be taken away.</param>
public sealed record TraceRow(string Value, string Kind, string When, string Words, bool IsErasable);

/// <summary>What is handed out to a person: the parts of an export as a page.</summary>
public sealed record PersonCopyView(IReadOnlyList<PersonPart> Parts, string Now);
