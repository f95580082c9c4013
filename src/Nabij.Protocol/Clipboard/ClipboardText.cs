using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>TEXT: a text of <paramref name="Length"/> bytes begins with these.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Request">The viewer's REQUEST that it answers; 0 for a person's own act.</param>
/// <param name="Length">Bytes of the whole text, 1 to 1,048,576.</param>
/// <param name="Content">Its first 1 to 16,371 bytes; may end inside a character.</param>
public sealed record ClipboardText(uint Number, uint Request, int Length, ReadOnlyMemory<byte> Content) : ClipboardMessage(Number)
{
    // request u32, length u32, content

    /// <inheritdoc/>
    public override ClipboardMessageType Type => ClipboardMessageType.Text;

    private protected override int FieldBytes => (2 * sizeof(uint)) + Content.Length;

    /// <summary>Equal when every field and every byte is.</summary>
    public bool Equals(ClipboardText? other) =>
        other is not null && (Number, Request, Length) == (other.Number, other.Request, other.Length) && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Request, Length);

    internal static ClipboardText Read(ref WireReader reader, uint number, Party from)
    {
        var request = reader.ReadU32();
        WireReader.Require(request == 0 || from == Party.Host, WireError.InvalidValue);
        var length = ClipboardLimits.ReadLength(ref reader);
        var content = ClipboardLimits.ReadContent(ref reader);
        WireReader.Require(content.Length <= length, WireError.InvalidValue);
        return new ClipboardText(number, request, length, content);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Request);
        writer.WriteU32((uint)Length);
        ClipboardLimits.WriteContent(ref writer, Content);
    }

    // What was copied belongs in no log and no exception text.
    protected override bool PrintMembers(StringBuilder builder) => false;
}
