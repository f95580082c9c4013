using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>MORE: the next 1 to 16,371 bytes of the text.</summary>
public sealed record ClipboardMore(uint Number, ReadOnlyMemory<byte> Content) : ClipboardMessage(Number)
{
    /// <inheritdoc/>
    public override ClipboardMessageType Type => ClipboardMessageType.More;

    private protected override int FieldBytes => Content.Length;

    /// <summary>Equal when number and every byte are.</summary>
    public bool Equals(ClipboardMore? other) => other is not null && Number == other.Number && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Content.Length);

    private protected override void WriteFields(ref WireWriter writer) => ClipboardLimits.WriteContent(ref writer, Content);

    // What was copied belongs in no log and no exception text.
    protected override bool PrintMembers(StringBuilder builder) => false;
}
