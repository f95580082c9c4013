using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Desk;

/// <summary>
/// Certifies the key of a technician's browser with the organization's key (security.md 3.8, settled.md 2). The
/// certificate names the account, not the sign-in, and lasts a day at most.
/// </summary>
internal sealed class CertificateDesk(OrganizationKeys keys, PublicOrigin origin, DatabaseSource source, AuditLog audit, TimeProvider time)
{
    /// <summary>From not-before to not-after: the longest that is allowed.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long before now the certificate begins, for customers whose clock is behind.</summary>
    internal static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    /// <summary>What a technician may ever ask for; raising rights and recording do not exist yet.</summary>
    internal const Permissions Rights = Permissions.All & ~(Permissions.Elevate | Permissions.Record);

    internal async Task<CertificateAnswer> CertifyAsync(SignedIn who, byte[] publicKey, CancellationToken cancellation)
    {
        var notBefore = time.GetUtcNow() - Backdating;
        var notAfter = notBefore + Lifetime;
        var certificate = keys.Certify(who.OrganizationId, new CertificateFields
        {
            TechnicianId = who.AccountId.ToByteArray(bigEndian: true),
            DisplayName = who.DisplayName,
            PublicKey = publicKey,
            NotBefore = (ulong)notBefore.ToUnixTimeSeconds(),
            NotAfter = (ulong)notAfter.ToUnixTimeSeconds(),
            Rights = Rights,
        });
        await using var database = source.Open(who.OrganizationId);
        var entry = new AuditEntry(who.AccountId.ToString(), "technician.certified", who.AccountId.ToString(), AuditEntry.Done, $"until {notAfter:O}");
        await audit.RecordAsync(database, entry, cancellation);
        return new CertificateAnswer(
            Convert.ToBase64String(certificate), Convert.ToBase64String(keys.KeyHash(who.OrganizationId)), origin.Value.Text, notAfter.ToUnixTimeSeconds());
    }
}
