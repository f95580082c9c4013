using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Drawing;

/// <summary>BEGIN: a mark begins here.</summary>
/// <param name="Shape">What it looks like.</param>
/// <param name="IsKept">Whether it stays until it is taken away.</param>
/// <param name="Place">Its first point.</param>
public sealed record Begin(MarkShape Shape, bool IsKept, DrawingPoint Place) : DrawingMessage
{
    // shape u8, kept u8, x u16, y u16
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Begin;

    internal static Begin Read(ref WireReader reader)
    {
        var shape = (MarkShape)reader.ReadU8();
        WireReader.Require(shape is >= MarkShape.Line and <= MarkShape.Ellipse, WireError.InvalidValue);
        return new Begin(shape, reader.ReadFlag(), ReadPoint(ref reader));
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU8((byte)Shape);
        writer.WriteFlag(IsKept);
        Write(ref writer, Place);
    }
}
