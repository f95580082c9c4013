using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>TAKEN: so many bytes of the other side's text have arrived.</summary>
public sealed record ClipboardTaken(uint Number, int Length) : ClipboardMessage(Number)
{
    /// <inheritdoc/>
    public override ClipboardMessageType Type => ClipboardMessageType.Taken;

    private protected override int FieldBytes => sizeof(uint);

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32((uint)Length);
}
