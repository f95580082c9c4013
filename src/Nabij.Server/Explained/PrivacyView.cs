using Nabij.Server.Organizations;

namespace Nabij.Server.Explained;

/// <summary>What the privacy page shows.</summary>
public sealed record PrivacyView
{
    public required KeptTimes Times { get; init; }

    /// <summary>Where to ask and to report: empty where the organization gave none.</summary>
    public required string AbuseContact { get; init; }

    internal static PrivacyView Of(Organization organization, KeptTimes times) => new() { Times = times, AbuseContact = organization.AbuseContact };
}
