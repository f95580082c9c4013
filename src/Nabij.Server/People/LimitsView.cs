using Nabij.Server.Pages;

namespace Nabij.Server.People;

/// <summary>What the page of the organization's hours and networks shows.</summary>
public sealed record LimitsView
{
    public required LimitsForm Form { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The reader's own address.</summary>
    public required string Here { get; init; }

    /// <summary>The time on the organization's wall.</summary>
    public required string Now { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
