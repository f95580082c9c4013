using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>CREDIT: the sender may send up to this offset.</summary>
public sealed record Credit(uint Id, long Limit) : TransferMessage(Id)
{
    // id u32, credit u64
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Credit;

    private protected override int FieldBytes => base.FieldBytes + sizeof(ulong);

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteU64((ulong)Limit);
    }
}
