using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>DECLINED: the customer said no to an ASK for these.</summary>
public sealed record Declined(uint Number, Permissions Permissions) : ControlMessage
{
    // number u32, permissions u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Declined;

    internal static Declined Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), PermissionWords.Parse(reader.ReadU32(), mayBeEmpty: false));

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU32((uint)Permissions);
    }
}
