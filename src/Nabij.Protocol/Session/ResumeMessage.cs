using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// R1 and R2 (docs/protocol/02-handshake.md, "Resume"): lv(type, session id 16, n u32, nonce 16, share 32, ids, mac 32).
/// The MAC is over the bytes before its item.
/// </summary>
internal sealed class ResumeMessage
{
    public const int LargestIds = 32;

    private const int Items = 7;
    private const int IdBytes = 9;
    private const int MacItemBytes = 1 + HandshakeLimits.HashBytes;

    private ResumeMessage(ReadOnlySpan<byte> encoded)
    {
        var reader = HandshakeReader.Items(encoded, Items);
        SessionId = reader.ReadItem(HandshakeLimits.SessionIdBytes).ToArray();
        Generation = reader.ReadItemU32();
        reader.ReadItem(HandshakeLimits.NonceBytes);
        Share = reader.ReadItem(X25519.Size).ToArray();
        Ids = ReadIds(reader.ReadItem(0, LargestIds * IdBytes));
        Mac = reader.ReadItem(HandshakeLimits.HashBytes).ToArray();
        Encoded = encoded.ToArray();
    }

    public byte[] Encoded { get; }

    public ReadOnlySpan<byte> Body => Encoded.AsSpan(0, Encoded.Length - MacItemBytes);

    public byte[] SessionId { get; }

    public uint Generation { get; }

    public byte[] Share { get; }

    public IReadOnlyList<LastMessageId> Ids { get; }

    public byte[] Mac { get; }

    public static ResumeMessage Decode(ReadOnlySpan<byte> message, HandshakeMessageType type)
    {
        try
        {
            HandshakeReader.ReadType(message, HandshakeLimits.ResumeBytes, type);
        }
        catch (HandshakeException)
        {
            throw new ResumeException(ResumeError.OutOfOrder);
        }

        return new ResumeMessage(message);
    }

    /// <summary>B1 or B2: everything but the MAC.</summary>
    public static byte[] EncodeBody(HandshakeMessageType type, in ResumeFields fields)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.ResumeBytes]);
        writer.WriteItemU8((byte)type);
        writer.WriteItem(fields.SessionId);
        writer.WriteItemU32(fields.Generation);
        writer.WriteItem(fields.Nonce);
        writer.WriteItem(fields.Share);
        writer.WriteLength(fields.Ids.Count * IdBytes);
        foreach (var id in fields.Ids)
        {
            writer.WriteU8(id.Channel);
            writer.WriteU64(id.Id);
        }

        return writer.Bytes.ToArray();
    }

    private static LastMessageId[] ReadIds(ReadOnlySpan<byte> item)
    {
        WireReader.Require(item.Length % IdBytes == 0, WireError.LengthOutOfRange);
        var ids = new LastMessageId[item.Length / IdBytes];
        var reader = new WireReader(item);
        for (var index = 0; index < ids.Length; index++)
        {
            ids[index] = new LastMessageId(reader.ReadU8(), reader.ReadU64());
            WireReader.Require(index == 0 || ids[index].Channel > ids[index - 1].Channel, WireError.InvalidValue);
        }

        return ids;
    }
}
