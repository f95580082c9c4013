using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>
/// The server's word, by its own clock, that it has a customer's consent on record, and for which run
/// (docs/protocol/10-customer-log.md, "Receipt"). Decoding proves nothing; <see cref="Holds"/> does.
/// </summary>
public sealed class ServerReceipt
{
    /// <summary>Longest receipt, in bytes.</summary>
    public const int LargestBytes = 512;

    private const int Items = 5, NumberBytes = 16, LargestStatement = 200;

    private readonly byte[] _statement;

    private ServerReceipt(ReadOnlySpan<byte> encoded)
    {
        WireReader.Require(encoded.Length <= LargestBytes, WireError.LengthOutOfRange);
        Encoded = encoded.ToArray();
        var outer = new WireReader(encoded);
        outer.RequireItems(2);
        Certificate = RecordsCertificate.Decode(outer.ReadItem(1, RecordsCertificate.LargestBytes));
        _statement = outer.ReadItem(1, LargestStatement).ToArray();
        var reader = new WireReader(_statement);
        reader.RequireItems(Items, P256.SignatureBytes);
        reader.ReadItemLiteral("RS1 receipt"u8);
        Session = reader.ReadItem(NumberBytes).ToArray();
        SidC = reader.ReadItem(NumberBytes).ToArray();
        ConsentHash = reader.ReadItem(SHA256.HashSizeInBytes).ToArray();
        Time = reader.ReadItemU64();
    }

    /// <summary>The receipt's own bytes, as received.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Whose key signed it.</summary>
    public RecordsCertificate Certificate { get; }

    /// <summary>16 bytes: the server's number of the run, in its own records.</summary>
    public ReadOnlyMemory<byte> Session { get; }

    /// <summary>16 bytes: sid_c of the run.</summary>
    public ReadOnlyMemory<byte> SidC { get; }

    /// <summary>SHA-256 of the consent record.</summary>
    public ReadOnlyMemory<byte> ConsentHash { get; }

    /// <summary>The server's clock when the run began, Unix seconds.</summary>
    public ulong Time { get; }

    /// <summary>Reads a receipt.</summary>
    /// <exception cref="WireFormatException">The bytes break the rules of the chapter.</exception>
    public static ServerReceipt Decode(ReadOnlySpan<byte> encoded) => new(encoded);

    /// <summary>Makes and signs a receipt.</summary>
    /// <param name="subject">What the server states.</param>
    /// <param name="certificate">That of the records key.</param>
    /// <param name="sign">Signs bytes with the records key: 64 bytes, r || s.</param>
    public static byte[] Create(ReceiptSubject subject, ReadOnlySpan<byte> certificate, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(sign);
        var statement = new WireWriter(stackalloc byte[LargestStatement]);
        statement.WriteItem("RS1 receipt"u8);
        statement.WriteItem(subject.Session.Span);
        statement.WriteItem(subject.SidC.Span);
        statement.WriteItem(subject.ConsentHash.Span);
        statement.WriteItemU64(subject.Time);
        statement.WriteBytes(sign(statement.Bytes.ToArray()));
        var receipt = new WireWriter(stackalloc byte[LargestBytes]);
        receipt.WriteItem(certificate);
        receipt.WriteItem(statement.Bytes);
        return receipt.Bytes.ToArray();
    }

    /// <summary>Whether this organization (SubjectPublicKeyInfo) stands behind it, and it is about this consent.</summary>
    public bool Holds(ReadOnlySpan<byte> organizationKey, ConsentRecord consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return Certificate.IsSignedBy(organizationKey) && Certificate.Covers(Time)
            && P256.Verify(Certificate.PublicKey.Span, _statement.AsSpan(..^P256.SignatureBytes), _statement.AsSpan(^P256.SignatureBytes..))
            && ConsentHash.Span.SequenceEqual(consent.Hash());
    }

    /// <summary>
    /// The receipt in these bytes if it holds for this run, else null: a server that gives none, or one that does not
    /// hold, takes nothing from the customer.
    /// </summary>
    public static ServerReceipt? Find(ReadOnlySpan<byte> given, ReadOnlySpan<byte> organizationKey, ReadOnlySpan<byte> sidC, ConsentRecord consent)
    {
        if (given.IsEmpty) return null;
        try
        {
            var receipt = Decode(given);
            return receipt.SidC.Span.SequenceEqual(sidC) && receipt.Holds(organizationKey, consent) ? receipt : null;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }
}
