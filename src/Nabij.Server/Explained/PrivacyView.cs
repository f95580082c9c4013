using Microsoft.EntityFrameworkCore;
using Nabij.Server.Api;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Explained;

/// <summary>What the privacy page shows.</summary>
public sealed record PrivacyView
{
    public required KeptTimes Times { get; init; }

    /// <summary>Where to ask and to report: empty where the organization gave none.</summary>
    public required string AbuseContact { get; init; }

    /// <summary>Whether another program has a token of the API, or is told of sessions.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Of the organization that the unit of work has entered.</summary>
    internal static async Task<PrivacyView> ReadAsync(Organization organization, KeptTimes times, ServerDatabase database, CancellationToken cancellation) => new()
    {
        Times = times,
        AbuseContact = organization.AbuseContact,
        IsConnected = await database.Set<Webhook>().AnyAsync(row => row.OffAt == null, cancellation) || await database.Set<ApiToken>().AnyAsync(row => row.RevokedAt == null, cancellation),
    };
}
