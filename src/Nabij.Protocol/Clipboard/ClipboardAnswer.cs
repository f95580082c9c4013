using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>ANSWER: what came of the viewer's TEXT or REQUEST of this number.</summary>
public sealed record ClipboardAnswer(uint Number, ClipboardOutcome Outcome) : ClipboardMessage(Number)
{
    /// <inheritdoc/>
    public override ClipboardMessageType Type => ClipboardMessageType.Answer;

    private protected override int FieldBytes => 1;

    internal static ClipboardAnswer Read(ref WireReader reader, uint number)
    {
        var outcome = (ClipboardOutcome)reader.ReadU8();
        WireReader.Require(Enum.IsDefined(outcome), WireError.InvalidValue);
        return new ClipboardAnswer(number, outcome);
    }

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU8((byte)Outcome);
}
