using System.Text;

namespace Nabij.Protocol.Wire;

/// <summary>Strict UTF-8 of every chapter: no overlong forms, no surrogates, no byte-order mark. Limits are in bytes.</summary>
public static class WireText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Decodes text from a peer.</summary>
    /// <exception cref="WireFormatException">InvalidText.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
            throw new WireFormatException(WireError.InvalidText);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new WireFormatException(WireError.InvalidText);
        }
    }

    /// <summary>Encodes own text of at most <paramref name="maximumBytes"/> bytes.</summary>
    /// <exception cref="ArgumentException">The text is longer, holds a lone surrogate, or starts with a byte-order mark.</exception>
    public static byte[] Encode(string text, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = Strict.GetBytes(text);
        if (bytes.Length > maximumBytes)
            throw new ArgumentException($"The text is longer than {maximumBytes} bytes.", nameof(text));
        if (bytes.AsSpan().StartsWith(ByteOrderMark))
            throw new ArgumentException("The text starts with a byte-order mark.", nameof(text));
        return bytes;
    }

    /// <summary>Whether U+0000-U+001F or U+007F-U+009F occur; tab and line feed do not count where a table allows them.</summary>
    public static bool HasControlCharacters(ReadOnlySpan<char> text, bool allowLineBreaks)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) && !(allowLineBreaks && (character is '\t' or '\n')))
                return true;
        }

        return false;
    }

    /// <summary>The longest beginning of <paramref name="text"/> that fits, cut between characters; lone surrogates become U+FFFD.</summary>
    public static string Shorten(string text, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shortened = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > maximumBytes)
                break;
            shortened.Append(rune);
        }

        return shortened.ToString();
    }
}
