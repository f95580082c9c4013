using Nabij.Server.Commands;
using Nabij.Server.Organizations;

namespace Nabij.Server.Audit;

/// <summary>
/// Whose signatures count under checkpoints. The database names the key that signed, and who can write the database can name
/// his own; so the keys that count are read from the data folder alone: those that the organization's key certified, and,
/// where that one is kept elsewhere and its certificate comes later, this server's own records key.
/// </summary>
internal sealed class AuditTrust
{
    private readonly byte[]? _organizationKey, _ownKey;

    /// <param name="organizationKey">SubjectPublicKeyInfo; null where it is not here.</param>
    /// <param name="ownKey">The records key's point where it counts without a certificate; else null.</param>
    internal AuditTrust(byte[]? organizationKey, byte[]? ownKey = null) => (_organizationKey, _ownKey) = (organizationKey, ownKey);

    /// <summary>Whether anybody's signature can be told from anybody else's.</summary>
    internal bool HasKey => _organizationKey is not null;

    internal static AuditTrust Of(OrganizationKeys organizations, RecordsKeys records, Guid organization)
    {
        try
        {
            return new AuditTrust(organizations.FindPublicKey(organization), organizations.IsOffline(organization) ? records.FindPublicKey(organization) : null);
        }
        catch (OperatorException)
        {
            return new AuditTrust(organizationKey: null);
        }
    }

    internal CheckpointStanding Of(AuditCheckpoint row)
    {
        try
        {
            var signed = row.Signed(_organizationKey ?? []);
            if (!signed.IsSigned)
                return CheckpointStanding.Changed;
            if (!HasKey)
                return CheckpointStanding.Unknown;
            if (signed.IsCertified)
                return CheckpointStanding.Certified;
            return _ownKey is { } own && signed.PublicKey.AsSpan().SequenceEqual(own) ? CheckpointStanding.OwnKey : CheckpointStanding.Foreign;
        }
        catch (Exception changed) when (changed is FormatException or ArgumentException)
        {
            return CheckpointStanding.Changed;
        }
    }
}
