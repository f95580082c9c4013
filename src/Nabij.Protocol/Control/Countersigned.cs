using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>COUNTERSIGNED: the technician's signature over a head of the customer's log (docs/protocol/10-customer-log.md).</summary>
/// <param name="Entry">The number of the log's entry, 1-4,096.</param>
/// <param name="Signature">The technician's, 64 bytes.</param>
public sealed record Countersigned(uint Entry, ReadOnlyMemory<byte> Signature) : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Countersigned;

    /// <inheritdoc/>
    public bool Equals(Countersigned? other) => other is not null && Entry == other.Entry && Signature.Span.SequenceEqual(other.Signature.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Entry, Signature.Length);

    internal static Countersigned Read(ref WireReader reader) => new(ReadEntry(ref reader), reader.ReadBytes(P256.SignatureBytes).ToArray());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Entry);
        writer.WriteBytes(Signature.Span);
    }
}
