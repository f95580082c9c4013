using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// An organization's word that a key belongs to a technician (docs/protocol/02-handshake.md, "Certificate"): nine lv
/// items, then the signature of the organization key over all bytes before it. Decoding proves nothing;
/// <see cref="Check"/> does.
/// </summary>
public sealed class TechnicianCertificate
{
    /// <summary>Longest certificate, in bytes.</summary>
    public const int LargestBytes = 1024;

    /// <summary>Longest display name, in bytes of UTF-8.</summary>
    public const int DisplayNameBytes = 64;

    /// <summary>Bytes of a technician id.</summary>
    public const int TechnicianIdBytes = 16;

    private const int Version = 1;
    private const int Items = 9;

    // "RS1 cert", version u8, organization key hash 32, technician id 16, display name 1-64, public key 65,
    // not before u64, not after u64, rights u32; signature 64 without a length
    private TechnicianCertificate(ReadOnlySpan<byte> encoded, ref WireReader reader)
    {
        Encoded = encoded.ToArray();
        reader.ReadItemLiteral("RS1 cert"u8);
        WireReader.Require(reader.ReadItemU8() == Version, WireError.InvalidValue);
        OrganizationKeyHash = reader.ReadItem(SHA256.HashSizeInBytes).ToArray();
        TechnicianId = reader.ReadItem(TechnicianIdBytes).ToArray();
        DisplayName = reader.ReadItemText(1, DisplayNameBytes);
        PublicKey = reader.ReadItem(P256.PointBytes).ToArray();
        HandshakeException.Require(P256.IsPoint(PublicKey.Span), HandshakeError.PointInvalid);
        NotBefore = reader.ReadItemU64();
        NotAfter = reader.ReadItemU64();
        WireReader.Require(NotBefore <= NotAfter, WireError.InvalidValue);
        Rights = PermissionWords.Parse(reader.ReadItemU32());
    }

    /// <summary>The certificate's own bytes, as received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>SHA-256 of the organization key's SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> OrganizationKeyHash { get; }

    /// <summary>16 bytes that name the technician in logs and on the deny list.</summary>
    public ReadOnlyMemory<byte> TechnicianId { get; }

    /// <summary>Peer text: show it only after <see cref="Check"/>, and only as text.</summary>
    public string DisplayName { get; }

    /// <summary>The technician's key, a point of P-256.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Unix seconds.</summary>
    public ulong NotBefore { get; }

    /// <summary>Unix seconds.</summary>
    public ulong NotAfter { get; }

    /// <summary>The most that may be requested under this certificate.</summary>
    public Permissions Rights { get; }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="WireFormatException">The bytes break the table.</exception>
    /// <exception cref="HandshakeException">PointInvalid.</exception>
    public static TechnicianCertificate Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        reader.RequireItems(Items, P256.SignatureBytes);
        return new TechnicianCertificate(encoded, ref reader);
    }

    /// <summary>Makes and signs a certificate.</summary>
    /// <exception cref="ArgumentException">A field is outside its limits.</exception>
    public static byte[] Create(CertificateFields fields, ECDsa organizationKey)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(organizationKey);
        var body = new byte[LargestBytes];
        var writer = new WireWriter(body);
        writer.WriteItem("RS1 cert"u8);
        writer.WriteItemU8(Version);
        writer.WriteItem(SHA256.HashData(organizationKey.ExportSubjectPublicKeyInfo()));
        writer.WriteItem(fields.TechnicianId.Span);
        writer.WriteItemText(fields.DisplayName, DisplayNameBytes);
        writer.WriteItem(fields.PublicKey.Span);
        writer.WriteItemU64(fields.NotBefore);
        writer.WriteItemU64(fields.NotAfter);
        writer.WriteItemU32((uint)fields.Rights);
        writer.WriteBytes(P256.Sign(organizationKey, writer.Bytes));
        var encoded = writer.Bytes.ToArray();
        try
        {
            Decode(encoded);
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            throw new ArgumentException("A field of the certificate is outside its limits.", nameof(fields), refused);
        }

        return encoded;
    }

    /// <summary>Whether this key (SubjectPublicKeyInfo) signed the certificate, whatever its dates.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> organizationKey) =>
        Encoded.Span is var encoded && P256.Verify(P256.PointOf(organizationKey), encoded[..^P256.SignatureBytes], encoded[^P256.SignatureBytes..]);

    /// <summary>
    /// The checks of step 4 of a run, in their order: signature, dates (with 300 s of grace), deny list, rights.
    /// Null when all hold.
    /// </summary>
    public HandshakeError? Check(ReadOnlySpan<byte> organizationKey, CertificateCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (!IsSignedBy(organizationKey))
            return HandshakeError.CertificateSignature;
        var now = check.Now.ToUnixTimeSeconds();
        if ((long)NotBefore - CertificateCheck.GraceSeconds > now)
            return HandshakeError.CertificateNotYetValid;
        if (now > (long)NotAfter + CertificateCheck.GraceSeconds)
            return HandshakeError.CertificateExpired;
        if (check.DeniedTechnicians.Any(denied => denied.Span.SequenceEqual(TechnicianId.Span)))
            return HandshakeError.CertificateRevoked;
        return (check.Requested & ~Rights) == 0 ? null : HandshakeError.RightsExceeded;
    }
}
