using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Drawing;

/// <summary>SPOT: the ring that follows the technician's pointer is here now.</summary>
public sealed record Spot(DrawingPoint Place) : DrawingMessage
{
    // x u16, y u16
    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Spot;

    private protected override void WriteFields(ref WireWriter writer) => Write(ref writer, Place);
}
