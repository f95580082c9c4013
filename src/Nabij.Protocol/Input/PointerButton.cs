using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>POINTER_BUTTON: a button went down or up at this place, in host pixels.</summary>
public sealed record PointerButton(ushort X, ushort Y, PointerButtonName Button, bool IsDown) : InputMessage
{
    // x u16, y u16, button u8 (0-4), down u8 (0 or 1)
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.PointerButton;

    internal static PointerButton Read(ref WireReader reader)
    {
        var (x, y, button) = (reader.ReadU16(), reader.ReadU16(), reader.ReadU8());
        WireReader.Require(button <= (byte)PointerButtonName.Forward, WireError.InvalidValue);
        return new PointerButton(x, y, (PointerButtonName)button, reader.ReadFlag());
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU16(X);
        writer.WriteU16(Y);
        writer.WriteU8((byte)Button);
        writer.WriteFlag(IsDown);
    }
}
