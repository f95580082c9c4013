using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>START: the sender sends from this offset, that of the ACCEPT or 0.</summary>
public sealed record Start(uint Id, long Offset) : TransferMessage(Id)
{
    // id u32, offset u64
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Start;

    private protected override int FieldBytes => base.FieldBytes + sizeof(ulong);

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteU64((ulong)Offset);
    }
}
