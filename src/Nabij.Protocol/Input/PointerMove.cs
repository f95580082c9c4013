using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>POINTER_MOVE: the pointer is here now, in host pixels; outside the screen the host moves it to the edge.</summary>
public sealed record PointerMove(ushort X, ushort Y) : InputMessage
{
    // x u16, y u16
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.PointerMove;

    internal static PointerMove Read(ref WireReader reader) => new(reader.ReadU16(), reader.ReadU16());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU16(X);
        writer.WriteU16(Y);
    }
}
