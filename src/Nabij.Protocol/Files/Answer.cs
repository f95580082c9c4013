using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>ANSWER: the group of the files that the customer chose for a REQUEST, or 0 when it was none.</summary>
public sealed record Answer(uint Number, uint Group) : FileMessage
{
    // request u32, group u32
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Answer;

    private protected override int FieldBytes => 2 * sizeof(uint);

    internal static Answer Read(ref WireReader reader) => new(ReadNumber(ref reader), reader.ReadU32());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU32(Group);
    }
}
