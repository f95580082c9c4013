using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>ASK: the viewer would like these permissions, at least one.</summary>
public sealed record Ask(Permissions Permissions) : ControlMessage
{
    // permissions u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Ask;

    internal static Ask Read(ref WireReader reader) => new(PermissionWords.Parse(reader.ReadU32(), mayBeEmpty: false));

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32((uint)Permissions);
}
