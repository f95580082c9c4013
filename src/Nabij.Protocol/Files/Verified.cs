using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>VERIFIED: the file is whole and is called this where it is now.</summary>
public sealed record Verified(uint Id, string Name) : TransferMessage(Id)
{
    // id u32, name text<208>
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Verified;

    private protected override int FieldBytes => base.FieldBytes + sizeof(ushort) + FileLimits.StoredNameBytes;

    private protected override void WriteFields(ref WireWriter writer)
    {
        base.WriteFields(ref writer);
        writer.WriteText(Name, FileLimits.StoredNameBytes);
    }
}
