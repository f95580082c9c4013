using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>REQUEST: the technician asks the customer to choose files; the words only say what to look for.</summary>
public sealed record Request(uint Number, string What) : FileMessage
{
    // request u32, what text<200>
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Request;

    private protected override int FieldBytes => sizeof(uint) + sizeof(ushort) + FileLimits.ComponentBytes;

    internal static Request Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), reader.ReadText(0, FileLimits.ComponentBytes));

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteText(What, FileLimits.ComponentBytes);
    }
}
