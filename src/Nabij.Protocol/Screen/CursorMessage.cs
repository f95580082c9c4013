using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>One message of the cursor channel (docs/protocol/05-screen.md): type u8, then its fields.</summary>
public abstract record CursorMessage
{
    private protected CursorMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract CursorMessageType Type { get; }

    /// <summary>How many bytes <see cref="Encode"/> gives.</summary>
    public abstract int EncodedLength { get; }

    /// <summary>Reads one message; the result shares no memory with <paramref name="payload"/>.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static CursorMessage Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        CursorMessage message = (CursorMessageType)reader.ReadU8() switch
        {
            CursorMessageType.Shape => CursorShape.Read(ref reader),
            CursorMessageType.Position => CursorPosition.Read(ref reader),
            CursorMessageType.Hidden => new CursorHidden(),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[EncodedLength];
        var writer = new WireWriter(bytes);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return bytes;
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }
}
