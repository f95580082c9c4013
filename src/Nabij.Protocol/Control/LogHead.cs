using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>LOG_HEAD: please countersign this head of the customer's log (docs/protocol/10-customer-log.md).</summary>
/// <param name="Entry">The number of the log's entry, 1-4,096.</param>
/// <param name="Head">The hash over the opening and all entries up to this one, 32 bytes.</param>
public sealed record LogHead(uint Entry, ReadOnlyMemory<byte> Head) : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.LogHead;

    /// <inheritdoc/>
    public bool Equals(LogHead? other) => other is not null && Entry == other.Entry && Head.Span.SequenceEqual(other.Head.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Entry, Head.Length);

    internal static LogHead Read(ref WireReader reader) => new(ReadEntry(ref reader), reader.ReadBytes(SHA256.HashSizeInBytes).ToArray());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Entry);
        writer.WriteBytes(Head.Span);
    }
}
