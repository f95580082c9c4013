using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Records;

/// <summary>What a customer agreed to in the program.</summary>
public sealed record ConsentView
{
    public required string Hash { get; init; }

    public required string TermsId { get; init; }

    public required string Version { get; init; }

    public required string Language { get; init; }

    public required string TermsHash { get; init; }

    public required string LicenceHash { get; init; }

    public required bool TermsTick { get; init; }

    public required bool LicenceTick { get; init; }

    /// <summary>"yes", "no" or "help".</summary>
    public required string Backup { get; init; }

    /// <summary>By the customer's clock.</summary>
    public required string Accepted { get; init; }

    /// <summary>By the server's.</summary>
    public required string Received { get; init; }

    internal static ConsentView Of(Consent row, OrganizationTime time) => new()
    {
        Hash = row.RecordHash,
        TermsId = row.TermsId,
        Version = row.TermsVersion,
        Language = row.Language,
        TermsHash = row.TermsHash,
        LicenceHash = row.LicenceHash,
        TermsTick = (row.Ticks & 1) != 0,
        LicenceTick = (row.Ticks & 2) != 0,
        Backup = row.Backup,
        Accepted = time.Words(row.AcceptedAt),
        Received = time.Words(row.ReceivedAt),
    };
}
