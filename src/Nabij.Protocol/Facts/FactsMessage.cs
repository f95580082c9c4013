using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Facts;

/// <summary>One message of the facts channel (docs/protocol/12-system-information.md): type u8, number u32, then its other fields.</summary>
public abstract record FactsMessage
{
    private const int LargestBytes = 16_384;

    private protected FactsMessage(uint number)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        Number = number;
    }

    /// <summary>The type byte.</summary>
    public abstract FactsMessageType Type { get; }

    /// <summary>Of the request, from 1.</summary>
    public uint Number { get; }

    /// <summary>Whether this side sends that message.</summary>
    public static bool MaySend(Party sender, FactsMessageType type) => type == FactsMessageType.Request ? sender == Party.Viewer : sender == Party.Host;

    /// <summary>Reads one message.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static FactsMessage Decode(ReadOnlySpan<byte> payload, Party sender)
    {
        var reader = new WireReader(payload);
        var type = (FactsMessageType)reader.ReadU8();
        WireReader.Require(type is >= FactsMessageType.Request and <= FactsMessageType.Withheld && MaySend(sender, type), WireError.UnknownType);
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        FactsMessage message = type switch
        {
            FactsMessageType.Request => new FactsRequest(number),
            FactsMessageType.Facts => FactsGiven.Read(number, ref reader),
            _ => new FactsWithheld(number),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(new byte[LargestBytes]);
        writer.WriteU8((byte)Type);
        writer.WriteU32(Number);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }
}
