using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>GRANT: the permissions in force have grown to these. Numbers run over all numbered messages of the host, from 1.</summary>
public sealed record Grant(uint Number, Permissions Permissions) : ControlMessage
{
    // number u32, permissions u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Grant;

    internal static Grant Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), PermissionWords.Parse(reader.ReadU32(), mayBeEmpty: false));

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU32((uint)Permissions);
    }
}
