using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>LOG_KEY: the key of the customer's log (docs/protocol/10-customer-log.md).</summary>
/// <param name="Key">The public point, 65 bytes.</param>
public sealed record LogKey(ReadOnlyMemory<byte> Key) : ControlMessage
{
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.LogKey;

    /// <inheritdoc/>
    public bool Equals(LogKey? other) => other is not null && Key.Span.SequenceEqual(other.Key.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.Length;

    internal static LogKey Read(ref WireReader reader)
    {
        var key = reader.ReadBytes(P256.PointBytes).ToArray();
        WireReader.Require(P256.IsPoint(key), WireError.InvalidValue);
        return new LogKey(key);
    }

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteBytes(Key.Span);
}
