using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Clipboard;

/// <summary>The form in which copied text travels (docs/protocol/07-chat-and-clipboard.md, "The text").</summary>
public static class CopiedText
{
    /// <summary>
    /// Brings what a person copied into form: line ends as line feeds, no other control characters but tabs, no
    /// byte-order mark at the beginning, U+FFFD for lone surrogates. Not cut: the caller looks at the length.
    /// </summary>
    public static byte[] Form(string copied)
    {
        ArgumentNullException.ThrowIfNull(copied);
        var formed = new StringBuilder(copied.Length);
        var previous = '\0';
        foreach (var rune in copied.EnumerateRunes())
        {
            var isLineEnd = rune.Value is '\r' or '\n';
            if (isLineEnd && !(rune.Value == '\n' && previous == '\r'))
                formed.Append('\n');
            else if (!isLineEnd && (rune.Value == '\t' || !Rune.IsControl(rune)) && !(rune.Value == 0xfeff && formed.Length == 0))
                formed.Append(rune);
            previous = rune.IsAscii ? (char)rune.Value : '\0';
        }

        return Encoding.UTF8.GetBytes(formed.ToString());
    }

    /// <summary>Reads a whole text of the peer.</summary>
    /// <exception cref="WireFormatException">It is not in form.</exception>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = WireText.Decode(bytes);
        WireReader.Require(!WireText.HasControlCharacters(text, allowLineBreaks: true), WireError.InvalidText);
        return text;
    }
}
