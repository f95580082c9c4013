using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>WHEEL: the wheel turned at this place; 120 is one notch to the right or down, -3600 to 3600.</summary>
public sealed record Wheel(ushort X, ushort Y, short Dx, short Dy) : InputMessage
{
    /// <summary>One notch.</summary>
    public const short Notch = 120;

    private const short Greatest = 3600;

    // x u16, y u16, dx i16, dy i16
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.Wheel;

    internal static Wheel Read(ref WireReader reader)
    {
        var wheel = new Wheel(reader.ReadU16(), reader.ReadU16(), reader.ReadI16(), reader.ReadI16());
        WireReader.Require(
            wheel.Dx is >= -Greatest and <= Greatest && wheel.Dy is >= -Greatest and <= Greatest, WireError.InvalidValue);
        return wheel;
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU16(X);
        writer.WriteU16(Y);
        writer.WriteI16(Dx);
        writer.WriteI16(Dy);
    }
}
