// The organization's signing key: ECDSA P-256, one PEM file of mode 0600 per organization under DIR/keys. It signs
// org.json and technicians' certificates, nothing else, and never leaves this class but as signatures. An organization in
// offline mode (security.md 3.8) keeps the private half elsewhere: then only the public half is here.

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

internal sealed class OrganizationKeys(DataFolder folder) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Lazy<ECDsa>> _keys = new();

    internal void Create(Guid organizationId)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
        DataFolder.WriteSecret(FileOf(organizationId), pem);
        CryptographicOperations.ZeroMemory(pem);
    }

    /// <summary>Takes the public half of a key that is kept elsewhere.</summary>
    internal void Adopt(Guid organizationId, byte[] publicKey) =>
        DataFolder.WriteSecret(PublicFileOf(organizationId), Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", publicKey)));

    internal void Remove(Guid organizationId)
    {
        File.Delete(FileOf(organizationId));
        File.Delete(PublicFileOf(organizationId));
    }

    /// <summary>Whether the private half is kept elsewhere, so that this server can sign nothing.</summary>
    internal bool IsOffline(Guid organizationId) => !File.Exists(FileOf(organizationId)) && File.Exists(PublicFileOf(organizationId));

    /// <summary>The signed document of an organization in offline mode, as it was brought back.</summary>
    internal string DocumentFileOf(Guid organizationId) => Path.Combine(folder.KeysFolder, $"organization-{organizationId:D}.json");

    /// <summary>DER SubjectPublicKeyInfo, 91 bytes (named curve, uncompressed point).</summary>
    internal byte[] PublicKey(Guid organizationId) => Use(organizationId, key => key.ExportSubjectPublicKeyInfo());

    /// <summary>As <see cref="PublicKey"/>; null where no key of this organization is here, as beside a database that was copied without them.</summary>
    internal byte[]? FindPublicKey(Guid organizationId) =>
        File.Exists(FileOf(organizationId)) || File.Exists(PublicFileOf(organizationId)) ? PublicKey(organizationId) : null;

    /// <summary>The file of the key when it is missing or cannot be read, looked at anew; null when all is well.</summary>
    internal string? FindUnreadable(Guid organizationId)
    {
        var file = IsOffline(organizationId) ? PublicFileOf(organizationId) : FileOf(organizationId);
        try
        {
            Read(file).Dispose();
            return null;
        }
        catch (OperatorException)
        {
            return file;
        }
    }

    /// <summary>SHA-256 of <see cref="PublicKey"/>: the name by which certificates and the handshake know the key.</summary>
    internal byte[] KeyHash(Guid organizationId) => SHA256.HashData(PublicKey(organizationId));

    /// <summary>Signs by ECDSA with SHA-256; 64 bytes, r || s (IEEE P1363).</summary>
    internal byte[] Sign(Guid organizationId, byte[] content) =>
        Use(organizationId, key => key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    /// <summary>Lends the key for one signature; the borrower must not keep it. One borrower at a time.</summary>
    internal T Use<T>(Guid organizationId, Func<ECDsa, T> sign)
    {
        var key = Open(organizationId);
        lock (key)
            return sign(key);
    }

    /// <summary>Signs a technician's certificate; gives its bytes.</summary>
    internal byte[] Certify(Guid organizationId, CertificateFields fields)
    {
        var key = Open(organizationId);
        lock (key)
            return TechnicianCertificate.Create(fields, key);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values.Where(key => key.IsValueCreated))
            key.Value.Dispose();
    }

    private ECDsa Open(Guid organizationId)
    {
        var opened = _keys.GetOrAdd(organizationId, id => new Lazy<ECDsa>(() => Read(IsOffline(id) ? PublicFileOf(id) : FileOf(id))));
        try
        {
            return opened.Value;
        }
        catch (OperatorException)
        {
            // A key that is put back counts at once, without a new start.
            _keys.TryRemove(KeyValuePair.Create(organizationId, opened));
            throw;
        }
    }

    private string PublicFileOf(Guid organizationId) => Path.Combine(folder.KeysFolder, $"organization-{organizationId:D}.pub");

    private string FileOf(Guid organizationId) => Path.Combine(folder.KeysFolder, $"organization-{organizationId:D}.pem");

    private static ECDsa Read(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new OperatorException(
                $"The organization's key {file} cannot be read: {exception.Message} Restore it from your copy; without it customers' programs do not recognize this server.", cause: exception);
        }
    }
}
