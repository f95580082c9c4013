using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>One message of the clipboard channel (docs/protocol/07-chat-and-clipboard.md): type u8, number u32, then its other fields.</summary>
public abstract record ClipboardMessage
{
    private const int HeadBytes = 5; // type, number

    private protected ClipboardMessage(uint number) => Number = number;

    /// <summary>The type byte.</summary>
    public abstract ClipboardMessageType Type { get; }

    /// <summary>The text or the request that is meant, from 1.</summary>
    public uint Number { get; }

    private protected virtual int FieldBytes => 0;

    /// <summary>Whether this side may send messages of this type.</summary>
    public static bool MaySend(Party party, ClipboardMessageType type) => type switch
    {
        ClipboardMessageType.Request => party == Party.Viewer,
        ClipboardMessageType.Answer => party == Party.Host,
        _ => true,
    };

    /// <summary>Reads one message of <paramref name="from"/>; the result shares no memory with <paramref name="payload"/>.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static ClipboardMessage Decode(ReadOnlySpan<byte> payload, Party from)
    {
        var reader = new WireReader(payload);
        var type = (ClipboardMessageType)reader.ReadU8();
        WireReader.Require(MaySend(from, type) && Enum.IsDefined(type), WireError.UnknownType);
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        ClipboardMessage message = type switch
        {
            ClipboardMessageType.Text => ClipboardText.Read(ref reader, number, from),
            ClipboardMessageType.More => new ClipboardMore(number, ClipboardLimits.ReadContent(ref reader)),
            ClipboardMessageType.Taken => new ClipboardTaken(number, ClipboardLimits.ReadLength(ref reader)),
            ClipboardMessageType.Request => new ClipboardRequest(number),
            _ => ClipboardAnswer.Read(ref reader, number),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[HeadBytes + FieldBytes];
        var writer = new WireWriter(bytes);
        writer.WriteU8((byte)Type);
        writer.WriteU32(Number);
        WriteFields(ref writer);
        return bytes;
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }
}
