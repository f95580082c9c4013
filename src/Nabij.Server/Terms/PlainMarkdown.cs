// The small subset of Markdown that terms may use, the same that the customer's program draws: headings, list items
// that begin with "- ", paragraphs, and **strong** words. No links, pictures, tables, code or HTML: what looks like one
// is text. The page renders it part by part through the encoder, so that nothing in it can become markup.

using System.Text;

namespace Nabij.Server.Terms;

/// <summary>One block of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">1 to 3 for headings, else 0.</param>
/// <param name="Runs">Its words in order.</param>
public sealed record TextBlock(TextBlockKind Kind, int Level, IReadOnlyList<TextRun> Runs);

public enum TextBlockKind
{
    Heading,
    Paragraph,
    Item,
}

/// <summary>Words of one weight.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Strong">Whether it stood between double asterisks.</param>
public sealed record TextRun(string Text, bool Strong);

/// <summary>Reads the subset.</summary>
public static class PlainMarkdown
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumHeadingLevel = 3;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Why the bytes cannot be a text that a customer agrees to, or null when they can.</returns>
    public static string? FindProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaximumBytes)
            return $"The text must have 1 to {MaximumBytes} bytes.";
        try
        {
            var text = StrictUtf8.GetString(bytes);
            return text.Any(Hides) ? "The text holds characters that hide or reorder what is read." : null;
        }
        catch (DecoderFallbackException)
        {
            return "The text is not UTF-8.";
        }
    }

    /// <summary>The blocks of a text that <see cref="FindProblem"/> let pass.</summary>
    public static IReadOnlyList<TextBlock> Parse(ReadOnlySpan<byte> bytes)
    {
        var blocks = new List<TextBlock>();
        var paragraph = new List<string>();
        foreach (var whole in StrictUtf8.GetString(bytes).Split('\n'))
        {
            var line = whole.Trim();
            if (HeadingLevel(line) is var level and > 0)
                Add(new TextBlock(TextBlockKind.Heading, level, Runs(line[level..].Trim())));
            else if (line.StartsWith("- ", StringComparison.Ordinal))
                Add(new TextBlock(TextBlockKind.Item, 0, Runs(line[2..].Trim())));
            else if (line.Length > 0 && paragraph.Count == 0 && blocks is [.., { Kind: TextBlockKind.Item } item] && char.IsWhiteSpace(whole[0]))
                blocks[^1] = item with { Runs = [.. item.Runs, .. Runs(" " + line)] };
            else if (line.Length > 0)
                paragraph.Add(line);
            else
                Flush();
        }

        Flush();
        return blocks;

        void Add(TextBlock block)
        {
            Flush();
            blocks.Add(block);
        }

        void Flush()
        {
            if (paragraph.Count > 0)
                blocks.Add(new TextBlock(TextBlockKind.Paragraph, 0, Runs(string.Join(' ', paragraph))));
            paragraph.Clear();
        }
    }

    private static int HeadingLevel(string line)
    {
        var level = line.TakeWhile(letter => letter == '#').Count();
        return level <= MaximumHeadingLevel && level < line.Length && line[level] == ' ' ? level : 0;
    }

    private static List<TextRun> Runs(string text) =>
        [.. text.Split("**").Select((piece, i) => new TextRun(piece, i % 2 == 1)).Where(run => run.Text.Length > 0)];

    /// <summary>Control, zero-width and direction characters: what a customer agrees to must be what is seen.</summary>
    private static bool Hides(char letter) => letter is
        (< ' ' and not '\n') or (>= '\u007f' and <= '\u009f') or (>= '\u200b' and <= '\u200f') or
        (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';
}
