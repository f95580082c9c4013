using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// An organization's word that a key signs its server's records (docs/protocol/10-customer-log.md, "Receipt"): five lv
/// items, then the signature of the organization key over all bytes before it. Decoding proves nothing;
/// <see cref="IsSignedBy"/> does.
/// </summary>
public sealed class RecordsCertificate
{
    /// <summary>Longest certificate, in bytes.</summary>
    public const int LargestBytes = 300;

    private const int Items = 5;

    // "RS1 records key", organization key hash 32, public key 65, not before u64, not after u64; signature 64 without a length
    private RecordsCertificate(ReadOnlySpan<byte> encoded, ref WireReader reader)
    {
        Encoded = encoded.ToArray();
        reader.ReadItemLiteral("RS1 records key"u8);
        OrganizationKeyHash = reader.ReadItem(SHA256.HashSizeInBytes).ToArray();
        PublicKey = reader.ReadItem(P256.PointBytes).ToArray();
        WireReader.Require(P256.IsPoint(PublicKey.Span), WireError.InvalidValue);
        NotBefore = reader.ReadItemU64();
        NotAfter = reader.ReadItemU64();
        WireReader.Require(NotBefore <= NotAfter, WireError.InvalidValue);
    }

    /// <summary>The certificate's own bytes, as received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>SHA-256 of the organization key's SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> OrganizationKeyHash { get; }

    /// <summary>The records key, a point of P-256.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Unix seconds.</summary>
    public ulong NotBefore { get; }

    /// <summary>Unix seconds.</summary>
    public ulong NotAfter { get; }

    /// <summary>Reads a certificate.</summary>
    /// <exception cref="WireFormatException">The bytes break the rules of the chapter.</exception>
    public static RecordsCertificate Decode(ReadOnlySpan<byte> encoded)
    {
        WireReader.Require(encoded.Length <= LargestBytes, WireError.LengthOutOfRange);
        var reader = new WireReader(encoded);
        reader.RequireItems(Items, P256.SignatureBytes);
        return new RecordsCertificate(encoded, ref reader);
    }

    /// <summary>Makes and signs a certificate.</summary>
    /// <param name="organizationKey">The organization's private key.</param>
    /// <param name="recordsKey">The point of the key that is certified, 65 bytes.</param>
    /// <param name="notBefore">Unix seconds.</param>
    /// <param name="notAfter">Unix seconds, not before <paramref name="notBefore"/>.</param>
    public static byte[] Create(ECDsa organizationKey, ReadOnlySpan<byte> recordsKey, ulong notBefore, ulong notAfter)
    {
        ArgumentNullException.ThrowIfNull(organizationKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notBefore, notAfter);
        if (!P256.IsPoint(recordsKey)) throw new ArgumentException("Not a point of P-256.", nameof(recordsKey));
        var writer = new WireWriter(stackalloc byte[LargestBytes]);
        writer.WriteItem("RS1 records key"u8);
        writer.WriteItem(SHA256.HashData(organizationKey.ExportSubjectPublicKeyInfo()));
        writer.WriteItem(recordsKey);
        writer.WriteItemU64(notBefore);
        writer.WriteItemU64(notAfter);
        writer.WriteBytes(P256.Sign(organizationKey, writer.Bytes));
        return writer.Bytes.ToArray();
    }

    /// <summary>Whether this key (SubjectPublicKeyInfo) is the one named, and signed the certificate.</summary>
    public bool IsSignedBy(ReadOnlySpan<byte> organizationKey) =>
        Encoded.Span is var encoded && OrganizationKeyHash.Span.SequenceEqual(SHA256.HashData(organizationKey))
        && P256.Verify(P256.PointOf(organizationKey), encoded[..^P256.SignatureBytes], encoded[^P256.SignatureBytes..]);

    /// <summary>Whether the certificate covers this time, in Unix seconds.</summary>
    public bool Covers(ulong time) => time >= NotBefore && time <= NotAfter;
}
