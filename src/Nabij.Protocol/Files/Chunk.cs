using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>CHUNK: 1 to 16,371 bytes of the file, from this offset.</summary>
public sealed record Chunk(uint Id, long Offset, ReadOnlyMemory<byte> Content) : TransferMessage(Id)
{
    // id u32, offset u64, content
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Chunk;

    private protected override int FieldBytes => base.FieldBytes + sizeof(ulong) + Content.Length;

    /// <summary>Equal when every field and every byte is.</summary>
    public bool Equals(Chunk? other) =>
        other is not null && (Id, Offset) == (other.Id, other.Offset) && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Offset, Content.Length);

    internal static Chunk Read(ref WireReader reader, uint id)
    {
        var offset = ReadOffset(ref reader);
        WireReader.Require(reader.Remaining <= FileLimits.LargestContent, WireError.LengthOutOfRange);
        return new Chunk(id, offset, reader.ReadRest(minimum: 1).ToArray());
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        if (Content.Length is < 1 or > FileLimits.LargestContent)
            throw new InvalidOperationException("The content is outside the limits of the protocol.");
        base.WriteFields(ref writer);
        writer.WriteU64((ulong)Offset);
        writer.WriteBytes(Content.Span);
    }
}
