using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>REVOKE: the permissions in force have shrunk to these, perhaps to none.</summary>
public sealed record Revoke(uint Number, Permissions Permissions) : ControlMessage
{
    // number u32, permissions u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Revoke;

    internal static Revoke Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), PermissionWords.Parse(reader.ReadU32()));

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU32((uint)Permissions);
    }
}
