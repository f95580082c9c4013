using System.Text;
using Nabij.Protocol.Files;

namespace Nabij.HostApp.Texts;

/// <summary>
/// Makes a text that came from somebody else fit to show (security: strings from peers): plain text of bounded
/// length in which control and direction characters are replaced visibly, so that no name can disguise itself.
/// </summary>
internal static class PeerText
{
    private const char Replacement = '\ufffd';

    /// <summary>The longest name shown, in characters.</summary>
    public const int NameLimit = 64;

    public static string Name(string text) => Show(text, NameLimit, withLines: false);

    /// <summary>A file's name, whole.</summary>
    public static string FileName(string text) => Show(text, FileLimits.StoredNameBytes, withLines: false);

    /// <summary>A file's name for a line among others: of a long one the end stays, since it says what kind it is.</summary>
    public static string ShortFileName(string text)
    {
        const int Half = 40;
        var shown = FileName(text);
        return shown.Length <= 2 * Half ? shown : $"{shown[..Half]}\u2026{shown[^Half..]}";
    }

    /// <summary>A text of one line, of at most so many units of UTF-16.</summary>
    public static string Line(string text, int limit) => Show(text, limit, withLines: false);

    /// <summary>A text of several lines; tabs and line feeds stay.</summary>
    /// <param name="text">What came.</param>
    /// <param name="limit">The most characters, as Unicode code points.</param>
    public static string Lines(string text, int limit) => Show(text, 2 * limit, withLines: true);

    private static string Show(string text, int limit, bool withLines)
    {
        var shown = new StringBuilder(Math.Min(text.Length, limit));
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > limit)
                break;
            shown.Append(IsHarmless(rune) || (withLines && rune.Value is ('\t' or '\n')) ? rune.ToString() : Replacement.ToString());
        }

        return shown.ToString().Trim();
    }

    private static bool IsHarmless(Rune rune) => rune.Value switch
    {
        < 0x20 or (>= 0x7f and <= 0x9f) => false,
        0xad or 0x61c or 0x115f or 0x1160 or 0x3164 or 0xffa0 => false,
        (>= 0x200b and <= 0x200f) or (>= 0x2028 and <= 0x202e) or (>= 0x2060 and <= 0x206f) => false,
        0xfeff or (>= 0xfff0 and <= 0xfffb) or (>= 0xe0000 and <= 0xe0fff) => false,
        _ => true,
    };
}
