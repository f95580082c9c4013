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
/// certificate names the account, not the sign-in, and lasts a day at most. Where the key is kept elsewhere it gives the
/// certificate that came from there, and makes none.
/// </summary>
internal sealed class CertificateDesk(
    OrganizationKeys keys, TechnicianKeys waiting, PublicOrigin origin, DatabaseSource source, AuditLog audit, TimeProvider time)
{
    /// <summary>From not-before to not-after: the longest that is allowed.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long before now the certificate begins, for customers whose clock is behind.</summary>
    internal static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    /// <summary>What a technician may ever ask for; raising rights and recording do not exist yet.</summary>
    internal const Permissions Rights = Permissions.All & ~(Permissions.Elevate | Permissions.Record);

    /// <summary>The certificate; or, in offline mode, why there is none yet: null for one that nobody has signed, else when it ended.</summary>
    internal async Task<(CertificateAnswer? Answer, DateTimeOffset? EndedAt)> CertifyAsync(SignedIn who, byte[] publicKey, CancellationToken cancellation)
    {
        if (!keys.IsOffline(who.OrganizationId))
            return (await MakeAsync(who, publicKey, cancellation), null);
        var known = await waiting.FindOrAskAsync(who.OrganizationId, who.AccountId, publicKey, cancellation);
        return known.Certificate is { } certificate && known.NotAfter > time.GetUtcNow()
            ? (Answer(who, certificate, known.NotAfter.Value), null)
            : (null, known.NotAfter);
    }

    private CertificateAnswer Answer(SignedIn who, byte[] certificate, DateTimeOffset notAfter) => new(
        Convert.ToBase64String(certificate), Convert.ToBase64String(keys.KeyHash(who.OrganizationId)), origin.Value.Text, notAfter.ToUnixTimeSeconds());

    private async Task<CertificateAnswer> MakeAsync(SignedIn who, byte[] publicKey, CancellationToken cancellation)
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
        return Answer(who, certificate, notAfter);
    }
}
