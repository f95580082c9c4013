using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>CLOSE: the session ends now, and why. After it nothing is sent, and there is no resume.</summary>
public sealed record Close(EndReason Reason) : ControlMessage
{
    // reason u8, 1-7
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Close;

    internal static Close Read(ref WireReader reader)
    {
        var reason = reader.ReadU8();
        WireReader.Require(reason is >= (byte)EndReason.CustomerEnded and <= (byte)EndReason.Declined, WireError.InvalidValue);
        return new Close((EndReason)reason);
    }

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU8((byte)Reason);
}
