using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>A message about one transfer: its first field is the transfer's id u32.</summary>
public abstract record TransferMessage(uint Id) : FileMessage
{
    private protected override int FieldBytes => sizeof(uint);

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32(Id);
}
