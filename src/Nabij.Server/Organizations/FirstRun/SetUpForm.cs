using Nabij.Server.Pages;

namespace Nabij.Server.Organizations.FirstRun;

/// <summary>The fields of the set-up page, shown again after a mistake. Code and password are never among them.</summary>
public sealed record SetUpForm
{
    public string Name { get; init; } = "";

    public string Slug { get; init; } = "";

    public string Phone { get; init; } = "";

    public string AbuseContact { get; init; } = "";

    public string LegalName { get; init; } = "";

    public string TradeNumber { get; init; } = "";

    public string OwnerName { get; init; } = "";

    public string OwnerEmail { get; init; } = "";

    public bool DemandsSecondFactor { get; init; } = true;

    public FormProblems Problems { get; init; } = FormProblems.None;
}
