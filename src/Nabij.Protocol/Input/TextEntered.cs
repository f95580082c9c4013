using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>TEXT: text that came out of an input method, a dead key, or a paste as typing; tab and line feed may occur.</summary>
public sealed record TextEntered(string Text) : InputMessage
{
    private const int TextBytes = 1024;

    // text text<1024>, at least one byte
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.Text;

    internal static TextEntered Read(ref WireReader reader) => new(reader.ReadText(1, TextBytes, allowLineBreaks: true));

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteText(Text, TextBytes);

    // What was typed belongs in no log and no exception text.
    protected override bool PrintMembers(System.Text.StringBuilder builder) => false;
}
