using System.Security.Cryptography;
using System.Text;
using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>The terms and the licence as the server sent them, in one version and language.</summary>
internal sealed record TermsText(string Id, string Version, string Language, TermsPart Terms, TermsPart Licence);

/// <summary>
/// One text of the server: its exact bytes, which the hash is made of, and the paragraphs shown. Text is plain, or
/// a small subset of Markdown: headings, list items, and emphasis, whose marks are left out. No links, no pictures.
/// </summary>
internal sealed class TermsPart
{
    /// <summary>The longest text, in bytes.</summary>
    public const int Limit = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private TermsPart(byte[] bytes, IReadOnlyList<Paragraph> paragraphs)
    {
        Bytes = bytes;
        Hash = SHA256.HashData(bytes);
        Paragraphs = paragraphs;
    }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of the bytes.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    public IReadOnlyList<Paragraph> Paragraphs { get; }

    /// <summary>Null when the bytes are not strict UTF-8, are empty, are too many, or hold characters that hide text.</summary>
    public static TermsPart? Read(byte[] bytes)
    {
        if (bytes.Length is 0 or > Limit)
            return null;
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        return text.Any(Hides) ? null : new TermsPart(bytes, Split(text));
    }

    // What a customer agrees to must be what is seen: no control, zero-width or direction characters.
    private static bool Hides(char character) => character is
        (< ' ' and not '\n') or (>= '\u007f' and <= '\u009f')
        or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff';

    private static List<Paragraph> Split(string text)
    {
        List<Paragraph> paragraphs = [];
        var open = new StringBuilder();
        foreach (var whole in text.Split('\n'))
        {
            var line = whole.Trim();
            if (line.Length == 0)
                Finish(paragraphs, open, ParagraphRole.Body);
            else if (IsHeading(line))
                Single(paragraphs, open, line.TrimStart('#'), ParagraphRole.Heading);
            else if (line.StartsWith("- ", StringComparison.Ordinal))
                Single(paragraphs, open, line[2..], ParagraphRole.Item);
            else if (open.Length == 0 && paragraphs is [.., { Role: ParagraphRole.Item } item] && char.IsWhiteSpace(whole[0]))
                paragraphs[^1] = item with { Text = item.Text + " " + Plain(line) };
            else
                open.Append(open.Length > 0 ? " " : string.Empty).Append(line);
        }

        Finish(paragraphs, open, ParagraphRole.Body);
        return paragraphs;
    }

    private static bool IsHeading(string line) =>
        line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal)
        || line.StartsWith("### ", StringComparison.Ordinal);

    private static void Single(List<Paragraph> paragraphs, StringBuilder open, string line, ParagraphRole role)
    {
        Finish(paragraphs, open, ParagraphRole.Body);
        open.Append(line.Trim());
        Finish(paragraphs, open, role);
    }

    private static void Finish(List<Paragraph> paragraphs, StringBuilder open, ParagraphRole role)
    {
        if (open.Length > 0)
            paragraphs.Add(new Paragraph(Plain(open.ToString()), role));
        open.Clear();
    }

    private static string Plain(string text) => text.Replace("**", string.Empty, StringComparison.Ordinal);
}
