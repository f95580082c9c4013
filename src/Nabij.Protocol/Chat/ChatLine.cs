using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Chat;

/// <summary>LINE: what one person says at once; tab and line feed may occur.</summary>
public sealed record ChatLine : ChatMessage
{
    /// <summary>The most characters of one line, as Unicode code points.</summary>
    public const int MostCharacters = 2000;

    internal const int MostBytes = 4 * MostCharacters;

    /// <summary>Makes a line.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="text">As <see cref="TryForm"/> gives it.</param>
    public ChatLine(ulong number, string text)
        : base(number) => Text = text;

    // number u64 from 1, text text<8000> of 1 to 2,000 characters

    /// <summary>What was said.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override ChatMessageType Type => ChatMessageType.Line;

    private protected override int LargestTextBytes => MostBytes;

    /// <summary>
    /// Brings what a person typed into the form that travels: line ends as line feeds, no other control characters but
    /// tabs, no space around it, cut at <see cref="MostCharacters"/>. Null when nothing is left. (NFC is not in it: these
    /// programs run without the tables of Unicode.)
    /// </summary>
    public static string? TryForm(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var formed = new StringBuilder();
        // Enumerating replaces what the wire does not carry: lone surrogates.
        foreach (var rune in typed.ReplaceLineEndings("\n").EnumerateRunes())
        {
            // The wire carries no byte-order mark at the beginning of a text, and inside of one it writes nothing.
            if (rune.Value != 0xfeff && (!Rune.IsControl(rune) || rune.Value is '\t' or '\n'))
                formed.Append(rune);
        }

        var text = formed.ToString().Trim();
        text = text[..EndOf(text)].TrimEnd();
        return text.Length == 0 ? null : text;
    }

    internal static ChatLine Read(ref WireReader reader)
    {
        var number = ReadNumber(ref reader);
        return new ChatLine(number, ReadLine(ref reader));
    }

    internal static string ReadLine(ref WireReader reader)
    {
        var text = reader.ReadText(1, MostBytes, allowLineBreaks: true);
        WireReader.Require(EndOf(text) == text.Length, WireError.LengthOutOfRange);
        return text;
    }

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteText(Text, MostBytes);

    // Where the most characters end, or the text does.
    private static int EndOf(string text)
    {
        var (end, characters) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (++characters > MostCharacters)
                break;
            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    // What was said belongs in no log and no exception text.
    protected override bool PrintMembers(StringBuilder builder) => false;
}
