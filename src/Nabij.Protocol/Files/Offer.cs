using System.Collections.Immutable;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>
/// OFFER: a file that the sender would send. The components of its path, 1 to 8, are text of a peer until
/// <see cref="FileName"/> has judged them; the last is the file's name.
/// </summary>
/// <param name="Id">Odd from the viewer, even from the host; rising.</param>
/// <param name="Group">What was chosen together has one number, from 1.</param>
/// <param name="Size">In bytes, at most <see cref="FileLimits.LargestFile"/>.</param>
/// <param name="Modified">Milliseconds since 1970 (UTC); 0 when unknown.</param>
/// <param name="Path">Components of 1 to 200 bytes.</param>
public sealed record Offer(uint Id, uint Group, long Size, long Modified, ImmutableArray<string> Path) : TransferMessage(Id)
{
    // id u32, group u32, size u64, modified u64, levels u8, levels x text<200>
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Offer;

    private protected override int FieldBytes =>
        base.FieldBytes + 21 + (FileLimits.MostLevels * (sizeof(ushort) + FileLimits.ComponentBytes));

    /// <summary>Equal when every field and every component is.</summary>
    public bool Equals(Offer? other) =>
        other is not null && (Id, Group, Size, Modified) == (other.Id, other.Group, other.Size, other.Modified)
        && Path.AsSpan().SequenceEqual(other.Path.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Group, Size, Modified);

    internal static Offer Read(ref WireReader reader, uint id)
    {
        var group = ReadNumber(ref reader);
        var (size, modified) = (ReadOffset(ref reader), ReadUpTo(ref reader, FileLimits.LatestTime));
        int levels = reader.ReadU8();
        WireReader.Require(levels is >= 1 and <= FileLimits.MostLevels, WireError.InvalidValue);
        var path = ImmutableArray.CreateBuilder<string>(levels);
        for (var level = 0; level < levels; level++)
            path.Add(reader.ReadText(1, FileLimits.ComponentBytes));
        return new Offer(id, group, size, modified, path.MoveToImmutable());
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteU32(Group);
        writer.WriteU64((ulong)Size);
        writer.WriteU64((ulong)Modified);
        writer.WriteU8((byte)Path.Length);
        foreach (var component in Path)
            writer.WriteText(component, FileLimits.ComponentBytes);
    }
}
