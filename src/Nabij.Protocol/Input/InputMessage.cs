using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>
/// One message of the input channel (docs/protocol/06-input.md): type u8, then its fields. A payload holds 1 to 64 of
/// them, one after the other.
/// </summary>
public abstract record InputMessage
{
    /// <summary>Most messages in one payload.</summary>
    public const int MostInOnePayload = 64;

    private const int LargestBytes = 1027;

    private protected InputMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract InputMessageType Type { get; }

    /// <summary>Reads a whole payload, 1 to 64 messages.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static IReadOnlyList<InputMessage> DecodeBatch(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        var messages = new List<InputMessage>();
        do
        {
            WireReader.Require(messages.Count < MostInOnePayload, WireError.LengthOutOfRange);
            messages.Add(Read(ref reader));
        }
        while (reader.Remaining > 0);
        return messages;
    }

    /// <summary>The payload for 1 to 64 messages.</summary>
    public static byte[] EncodeBatch(IReadOnlyCollection<InputMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfZero(messages.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messages.Count, MostInOnePayload);
        var writer = new WireWriter(new byte[messages.Count * LargestBytes]);
        foreach (var message in messages)
        {
            writer.WriteU8((byte)message.Type);
            message.WriteFields(ref writer);
        }

        return writer.Bytes.ToArray();
    }

    /// <summary>The payload for this message alone.</summary>
    public byte[] Encode() => EncodeBatch([this]);

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }

    private static InputMessage Read(ref WireReader reader) => (InputMessageType)reader.ReadU8() switch
    {
        InputMessageType.PointerMove => PointerMove.Read(ref reader),
        InputMessageType.PointerButton => PointerButton.Read(ref reader),
        InputMessageType.Wheel => Wheel.Read(ref reader),
        InputMessageType.Key => Key.Read(ref reader),
        InputMessageType.Text => TextEntered.Read(ref reader),
        InputMessageType.ReleaseAll => new ReleaseAll(),
        InputMessageType.Held => new Held(),
        _ => throw new WireFormatException(WireError.UnknownType),
    };
}
