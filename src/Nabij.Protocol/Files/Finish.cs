using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>FINISH: the last byte was sent; SHA-256 of the whole file.</summary>
public sealed record Finish(uint Id, FileHash Hash) : TransferMessage(Id)
{
    // id u32, hash 32 bytes
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Finish;

    private protected override int FieldBytes => base.FieldBytes + FileLimits.HashBytes;

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteBytes(Hash.Bytes);
    }
}
