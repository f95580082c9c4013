using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>One message of the screen channel (docs/protocol/05-screen.md): type u8, then its fields.</summary>
public abstract record ScreenMessage
{
    private protected ScreenMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract ScreenMessageType Type { get; }

    /// <summary>How many bytes <see cref="Encode(Span{byte})"/> writes.</summary>
    public abstract int EncodedLength { get; }

    /// <summary>Reads one message; the result shares no memory with <paramref name="payload"/>.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static ScreenMessage Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        ScreenMessage message = (ScreenMessageType)reader.ReadU8() switch
        {
            ScreenMessageType.Layout => Layout.Read(ref reader),
            ScreenMessageType.Update => Update.Read(ref reader),
            ScreenMessageType.Check => Check.Read(ref reader),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>Writes the message and returns its length.</summary>
    public int Encode(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Written;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[EncodedLength];
        Encode(bytes);
        return bytes;
    }

    private protected abstract void WriteFields(ref WireWriter writer);

    private protected static uint ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        return number;
    }
}
