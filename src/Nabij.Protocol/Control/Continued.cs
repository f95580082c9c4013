using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>CONTINUED: the customer chose to go on; these are in force again, perhaps none.</summary>
public sealed record Continued(uint Number, Permissions Permissions) : ControlMessage
{
    // number u32, permissions u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Continued;

    internal static Continued Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), PermissionWords.Parse(reader.ReadU32()));

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU32((uint)Permissions);
    }
}
