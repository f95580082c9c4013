using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Drawing;

/// <summary>One message of the drawing channel (docs/protocol/11-drawing.md): type u8, then its fields.</summary>
public abstract record DrawingMessage
{
    private const int LargestBytes = 2 + Points.Most * 4;

    private protected DrawingMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract DrawingMessageType Type { get; }

    /// <summary>Reads one message.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static DrawingMessage Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        DrawingMessage message = (DrawingMessageType)reader.ReadU8() switch
        {
            DrawingMessageType.Spot => new Spot(ReadPoint(ref reader)),
            DrawingMessageType.SpotOff => new SpotOff(),
            DrawingMessageType.Begin => Begin.Read(ref reader),
            DrawingMessageType.Points => Points.Read(ref reader),
            DrawingMessageType.Done => new Done(),
            DrawingMessageType.Undo => new Undo(),
            DrawingMessageType.Clear => new Clear(),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(new byte[LargestBytes]);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    internal static DrawingPoint ReadPoint(ref WireReader reader) => new(reader.ReadU16(), reader.ReadU16());

    private protected static void Write(ref WireWriter writer, DrawingPoint point)
    {
        writer.WriteU16(point.X);
        writer.WriteU16(point.Y);
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }
}
