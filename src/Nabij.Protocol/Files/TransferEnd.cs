using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>REFUSE or CANCEL: id u32, reason u8.</summary>
public abstract record TransferEnd(uint Id, TransferReason Reason) : TransferMessage(Id)
{
    private protected override int FieldBytes => base.FieldBytes + 1;

    internal static TransferReason ReadReason(ref WireReader reader)
    {
        var reason = (TransferReason)reader.ReadU8();
        WireReader.Require(reason is >= TransferReason.Canceled and <= TransferReason.Withdrawn, WireError.InvalidValue);
        return reason;
    }

    private protected sealed override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteU8((byte)Reason);
    }
}
