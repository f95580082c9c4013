using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>What a customer's log is about: whose session, agreed to how (docs/protocol/10-customer-log.md, "Opening").</summary>
public sealed record LogOpening
{
    /// <summary>Bytes of the largest opening.</summary>
    public const int LargestBytes = 2048;

    private const byte Version = 1;
    private const int Items = 10;
    private const int SessionIdBytes = 16, CheckDigits = 4, ConsentBytes = 256;

    /// <summary>16 bytes.</summary>
    public required ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>The public point of the session's own key, 65 bytes.</summary>
    public required ReadOnlyMemory<byte> LogKey { get; init; }

    /// <summary>SubjectPublicKeyInfo, 91 bytes.</summary>
    public required ReadOnlyMemory<byte> OrganizationKey { get; init; }

    /// <summary>Who helped.</summary>
    public required TechnicianCertificate Certificate { get; init; }

    /// <summary>What the customer had agreed to.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>Four digits.</summary>
    public required string CheckNumber { get; init; }

    /// <summary>When the handshake was done, in Unix seconds.</summary>
    public required ulong Time { get; init; }

    /// <summary>The server's receipt for the consent; null where there is none.</summary>
    public ServerReceipt? Receipt { get; init; }

    /// <summary>The opening's bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[LargestBytes]);
        writer.WriteItem("RS1 log"u8);
        writer.WriteItemU8(Version);
        writer.WriteItem(SessionId.Span);
        writer.WriteItem(LogKey.Span);
        writer.WriteItem(OrganizationKey.Span);
        writer.WriteItem(Certificate.Encoded.Span);
        writer.WriteItem(Consent.Encode());
        writer.WriteItemText(CheckNumber, CheckDigits);
        writer.WriteItemU64(Time);
        writer.WriteItem(Receipt is { } receipt ? receipt.Encoded.Span : []);
        return writer.Bytes.ToArray();
    }

    /// <summary>Reads an opening.</summary>
    /// <exception cref="WireFormatException">A rule of the chapter is broken.</exception>
    /// <exception cref="HandshakeException">A key in it is no point of the curve.</exception>
    public static LogOpening Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        reader.RequireItems(Items);
        reader.ReadItemLiteral("RS1 log"u8);
        WireReader.Require(reader.ReadItemU8() == Version, WireError.InvalidValue);
        var opening = new LogOpening
        {
            SessionId = reader.ReadItem(SessionIdBytes).ToArray(),
            LogKey = reader.ReadItem(P256.PointBytes).ToArray(),
            OrganizationKey = reader.ReadItem(P256.SubjectPublicKeyInfoBytes).ToArray(),
            Certificate = TechnicianCertificate.Decode(reader.ReadItem(1, TechnicianCertificate.LargestBytes)),
            Consent = ConsentRecord.Decode(reader.ReadItem(1, ConsentBytes)),
            CheckNumber = reader.ReadItemText(CheckDigits, CheckDigits),
            Time = reader.ReadItemU64(),
            Receipt = reader.ReadItem(0, ServerReceipt.LargestBytes) is { IsEmpty: false } receipt ? ServerReceipt.Decode(receipt) : null,
        };
        WireReader.Require(opening.CheckNumber.All(char.IsAsciiDigit), WireError.InvalidValue);
        WireReader.Require(
            P256.IsPoint(opening.LogKey.Span) && P256.IsSubjectPublicKeyInfo(opening.OrganizationKey.Span)
            && P256.IsPoint(P256.PointOf(opening.OrganizationKey.Span)), WireError.InvalidValue);
        return opening;
    }
}
