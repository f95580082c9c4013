using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>ACCEPT: send the file from this offset; the hash is SHA-256 of the bytes before it, which the receiver has.</summary>
public sealed record Accept(uint Id, long Offset, FileHash Hash, long Limit) : TransferMessage(Id)
{
    // id u32, offset u64, hash 32 bytes, credit u64
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Accept;

    private protected override int FieldBytes => base.FieldBytes + (2 * sizeof(ulong)) + FileLimits.HashBytes;

    internal static Accept Read(ref WireReader reader, uint id)
    {
        var (offset, hash) = (ReadOffset(ref reader), ReadHash(ref reader));
        var limit = ReadUpTo(ref reader, offset + FileLimits.MostCredit);
        WireReader.Require(limit >= offset, WireError.InvalidValue);
        return new Accept(id, offset, hash, limit);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteU64((ulong)Offset);
        writer.WriteBytes(Hash.Bytes);
        writer.WriteU64((ulong)Limit);
    }
}
