// The key with which the server signs its own records: receipts for consents (docs/protocol/10-customer-log.md, "Receipt")
// and checkpoints. One P-256 key for each organization under DIR/keys, mode 0600, made when it is first needed and
// certified by the organization key; where that one is kept elsewhere, the certificate is brought back by `import`.

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

internal sealed partial class RecordsKeys(OrganizationKeys organizations, DataFolder folder, TimeProvider clock, ILogger<RecordsKeys> logger) : IDisposable
{
    /// <summary>How long a certificate is good for.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromDays(400);

    /// <summary>A certificate that ends sooner is replaced.</summary>
    internal static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    private static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

    /// <summary>The point that is to be certified, 65 bytes; the key is made where there is none yet.</summary>
    internal byte[] PublicKey(Guid organizationId) => Use(organizationId, entry => P256.PointOf(Key(entry)));

    /// <summary>As <see cref="PublicKey"/>; null where there is none yet, and none is made.</summary>
    internal byte[]? FindPublicKey(Guid organizationId) => File.Exists(KeyFileOf(organizationId)) ? PublicKey(organizationId) : null;

    /// <summary>Signs by ECDSA with SHA-256; 64 bytes, r || s (IEEE P1363).</summary>
    internal byte[] Sign(Guid organizationId, byte[] content) =>
        Use(organizationId, entry => Key(entry).SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    /// <summary>The certificate of now; null where the organization key is kept elsewhere and none that is good has come yet.</summary>
    internal RecordsCertificate? Certificate(Guid organizationId) => Use(organizationId, Certificate);

    /// <summary>Takes a certificate that was signed elsewhere. False: it is not of this key and this organization.</summary>
    internal bool TryKeep(Guid organizationId, RecordsCertificate certificate) => Use(organizationId, entry =>
    {
        if (!IsOwn(entry, certificate)) return false;
        Store(entry, certificate);
        return true;
    });

    /// <summary>A receipt for a customer's consent; empty where the server cannot give one now.</summary>
    internal byte[] Receipt(Guid organizationId, ReceiptSubject subject)
    {
        try
        {
            return Certificate(organizationId) is { } certificate
                ? ServerReceipt.Create(subject, certificate.Encoded.Span, content => Sign(organizationId, content))
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or OperatorException)
        {
            LogNoReceipt(organizationId, exception.Message);
            return [];
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values) entry.Key?.Dispose();
    }

    private T Use<T>(Guid organizationId, Func<Entry, T> act)
    {
        var entry = _entries.GetOrAdd(organizationId, id => new Entry(id));
        lock (entry) return act(entry);
    }

    private ECDsa Key(Entry entry)
    {
        if (entry.Key is { } known) return known;
        var file = KeyFileOf(entry.OrganizationId);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(file))
            {
                key.ImportFromPem(File.ReadAllText(file));
            }
            else
            {
                var pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
                DataFolder.WriteSecret(file, pem);
                CryptographicOperations.ZeroMemory(pem);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new OperatorException(
                $"The records key {file} cannot be read or made: {exception.Message} Until it can, customers get no receipts. Restore it from your copy, or move it away: a new one is made.",
                cause: exception);
        }

        return entry.Key = key;
    }

    private RecordsCertificate? Certificate(Entry entry)
    {
        var now = (ulong)clock.GetUtcNow().ToUnixTimeSeconds();
        if (!IsGood()) entry.Certificate = Read(entry); // another process may have brought a newer one
        if (!IsGood() && !organizations.IsOffline(entry.OrganizationId))
            Store(entry, RecordsCertificate.Decode(organizations.Use(entry.OrganizationId, key => RecordsCertificate.Create(
                key, P256.PointOf(Key(entry)), now - (ulong)Backdating.TotalSeconds, now + (ulong)Validity.TotalSeconds))));
        return entry.Certificate?.Covers(now) == true ? entry.Certificate : null;

        bool IsGood() => entry.Certificate?.Covers(now + (ulong)Renewal.TotalSeconds) == true;
    }

    private RecordsCertificate? Read(Entry entry)
    {
        try
        {
            var certificate = RecordsCertificate.Decode(File.ReadAllBytes(CertificateFileOf(entry.OrganizationId)));
            return IsOwn(entry, certificate) ? certificate : null;
        }
        catch (Exception none) when (none is FileNotFoundException or WireFormatException)
        {
            return null;
        }
    }

    private bool IsOwn(Entry entry, RecordsCertificate certificate) =>
        certificate.PublicKey.Span.SequenceEqual(P256.PointOf(Key(entry))) && certificate.IsSignedBy(organizations.PublicKey(entry.OrganizationId));

    private void Store(Entry entry, RecordsCertificate certificate)
    {
        DataFolder.WriteSecret(CertificateFileOf(entry.OrganizationId), certificate.Encoded.Span);
        entry.Certificate = certificate;
    }

    private string KeyFileOf(Guid organizationId) => Path.Combine(folder.KeysFolder, $"records-{organizationId:D}.pem");

    private string CertificateFileOf(Guid organizationId) => Path.Combine(folder.KeysFolder, $"records-{organizationId:D}.crt");

    [LoggerMessage(LogLevel.Warning, "No receipt for a customer of organization {OrganizationId}: {Reason}")]
    private partial void LogNoReceipt(Guid organizationId, string reason);

    /// <summary>What is known of one organization's records key; used under its own lock.</summary>
    private sealed class Entry(Guid organizationId)
    {
        public Guid OrganizationId { get; } = organizationId;

        public ECDsa? Key { get; set; }

        public RecordsCertificate? Certificate { get; set; }
    }
}
