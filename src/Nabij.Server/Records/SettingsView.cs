using Nabij.Server.Organizations;

namespace Nabij.Server.Records;

/// <summary>What an organization decides about its records, and what the server's settings say.</summary>
public sealed record SettingsView
{
    public required bool TechniciansSeeAll { get; init; }

    internal RetentionTimes? Kept { get; init; }

    public bool IsDone { get; init; }
}
