using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// POSITION: where the customer's pointer is, in pixels of the screen; <paramref name="IsOwn"/> when the last movement
/// came from this viewer's input. Whether it lies on the screen is checked by who knows the layout.
/// </summary>
public sealed record CursorPosition(ushort X, ushort Y, bool IsOwn) : CursorMessage
{
    // x u16, y u16, own u8
    /// <inheritdoc/>
    public override CursorMessageType Type => CursorMessageType.Position;

    /// <inheritdoc/>
    public override int EncodedLength => 6;

    internal static CursorPosition Read(ref WireReader reader) =>
        new(reader.ReadU16(), reader.ReadU16(), reader.ReadFlag());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU16(X);
        writer.WriteU16(Y);
        writer.WriteFlag(IsOwn);
    }
}
