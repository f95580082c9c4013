namespace Nabij.Server.SelfTest;

/// <summary>What the page of checks shows.</summary>
public sealed record ChecksView
{
    /// <summary>The worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required string Origin { get; init; }

    internal int Count(FindingLevel level) => Findings.Count(finding => finding.Level == level);
}
