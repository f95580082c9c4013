using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>What became of one file, as the customer's log says it (docs/protocol/10-customer-log.md, "Entries").</summary>
public sealed record LoggedFile
{
    internal const int LeastBytes = 1 + sizeof(ulong) + FileLimits.HashBytes + sizeof(ushort) + 1;
    internal const int MostBytes = LeastBytes - 1 + FileLimits.StoredNameBytes;

    private static readonly byte[] NoHash = new byte[FileLimits.HashBytes];

    private LoggedFile(string name, long size, ReadOnlyMemory<byte> hash, TransferReason? reason) =>
        (Name, Size, Hash, Reason) = (name, size, hash, reason);

    /// <summary>The file's name without a path, a stranger's words: 1-208 bytes of UTF-8 without control characters.</summary>
    public string Name { get; }

    /// <summary>Bytes, as offered; 0 to 10,000,000,000.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of what arrived, 32 bytes; zeros when it did not arrive.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>Why it did not arrive; null when it arrived whole.</summary>
    public TransferReason? Reason { get; }

    /// <summary>A file that is whole at its receiver.</summary>
    /// <param name="name">Its name there, without a path.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="hash">SHA-256, 32 bytes.</param>
    public static LoggedFile Arrived(string name, long size, ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, FileLimits.HashBytes);
        return new LoggedFile(Form(name), Within(size), hash.ToArray(), null);
    }

    /// <summary>A file whose transfer ended otherwise.</summary>
    /// <param name="name">The last component of its offer.</param>
    /// <param name="size">Bytes, as offered.</param>
    /// <param name="reason">Why.</param>
    public static LoggedFile NotArrived(string name, long size, TransferReason reason) => new(Form(name), Within(size), NoHash, reason);

    /// <inheritdoc/>
    public bool Equals(LoggedFile? other) =>
        other is not null && (Name, Size, Reason) == (other.Name, other.Size, other.Reason) && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Size, Reason);

    internal static LoggedFile Decode(ReadOnlySpan<byte> detail)
    {
        var reader = new WireReader(detail);
        var outcome = (TransferReason)reader.ReadU8();
        WireReader.Require(outcome == 0 || Enum.IsDefined(outcome), WireError.InvalidValue);
        var size = reader.ReadU64();
        WireReader.Require(size <= FileLimits.LargestFile, WireError.InvalidValue);
        var hash = reader.ReadBytes(FileLimits.HashBytes).ToArray();
        WireReader.Require(outcome == 0 || hash.AsSpan().SequenceEqual(NoHash), WireError.InvalidValue);
        var name = reader.ReadText(1, FileLimits.StoredNameBytes);
        reader.RequireEnd();
        return new LoggedFile(name, (long)size, hash, outcome == 0 ? null : outcome);
    }

    internal byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[MostBytes]);
        writer.WriteU8((byte)(Reason ?? 0));
        writer.WriteU64((ulong)Size);
        writer.WriteBytes(Hash.Span);
        writer.WriteText(Name, FileLimits.StoredNameBytes);
        return writer.Bytes.ToArray();
    }

    private static long Within(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, FileLimits.LargestFile);
        return size;
    }

    // A name that is no text of chapter 00 is the customer's own and never went anywhere; the log must take it all the same.
    private static string Form(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var visible = string.Concat(name.Select(letter => char.IsControl(letter) || letter == '\ufeff' ? '\ufffd' : letter));
        return WireText.Shorten(visible, FileLimits.StoredNameBytes);
    }
}
