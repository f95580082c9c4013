using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Chat;

/// <summary>One message of the chat channel (docs/protocol/07-chat-and-clipboard.md): type u8, number u64, then its other fields.</summary>
public abstract record ChatMessage
{
    private const int HeadBytes = 12; // type, number, person, length of a text

    private protected ChatMessage(ulong number) => Number = number;

    /// <summary>The type byte.</summary>
    public abstract ChatMessageType Type { get; }

    /// <summary>The line that is meant, from 1.</summary>
    public ulong Number { get; }

    private protected virtual int LargestTextBytes => 0;

    /// <summary>Reads one message that <paramref name="sender"/> sent; a type that only the other side sends is unknown.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static ChatMessage Decode(ReadOnlySpan<byte> payload, Party sender)
    {
        var reader = new WireReader(payload);
        ChatMessage message = (ChatMessageType)reader.ReadU8() switch
        {
            ChatMessageType.Line => ChatLine.Read(ref reader),
            ChatMessageType.Delivered => new ChatDelivered(ReadNumber(ref reader)),
            ChatMessageType.Seen => new ChatSeen(ReadNumber(ref reader)),
            ChatMessageType.Said when sender == Party.Host => ChatSaid.Read(ref reader),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(new byte[HeadBytes + LargestTextBytes]);
        writer.WriteU8((byte)Type);
        writer.WriteU64(Number);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }

    private protected static ulong ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadU64();
        WireReader.Require(number != 0, WireError.InvalidValue);
        return number;
    }
}
