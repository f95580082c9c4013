using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>STOPPED: the customer pressed Stop; nothing is in force until CONTINUED. Not an end (CLOSE).</summary>
public sealed record Stopped(uint Number) : ControlMessage
{
    // number u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Stopped;

    internal static Stopped Read(ref WireReader reader) => new(ReadNumber(ref reader));

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32(Number);
}
