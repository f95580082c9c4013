using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Settings;

/// <summary>What the first page of the settings shows.</summary>
public sealed record DetailsView
{
    public required DetailsForm Form { get; init; }

    public required string Slug { get; init; }

    /// <summary>The signed document and the programs that carry it.</summary>
    public required SignedStanding Standing { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
