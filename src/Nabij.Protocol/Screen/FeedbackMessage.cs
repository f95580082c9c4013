using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>One message of the feedback channel (docs/protocol/05-screen.md): type u8, then its fields.</summary>
public abstract record FeedbackMessage
{
    private const int LargestBytes = 17;

    private protected FeedbackMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract FeedbackMessageType Type { get; }

    /// <summary>Reads one message.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static FeedbackMessage Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        FeedbackMessage message = (FeedbackMessageType)reader.ReadU8() switch
        {
            FeedbackMessageType.Presented => Presented.Read(ref reader),
            FeedbackMessageType.Repair => Repair.Read(ref reader),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        Span<byte> bytes = stackalloc byte[LargestBytes];
        var writer = new WireWriter(bytes);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    private protected abstract void WriteFields(ref WireWriter writer);

    private protected static uint ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        return number;
    }
}
