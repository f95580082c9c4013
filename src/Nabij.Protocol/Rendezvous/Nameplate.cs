namespace Nabij.Protocol.Rendezvous;

/// <summary>
/// The part of a support code that the server may know (docs/protocol/01-rendezvous.md): three digits beginning 0-7, or
/// four beginning 8-9. Any other form is refused, because a longer one would leave fewer secret digits.
/// </summary>
public static class Nameplate
{
    /// <summary>Digits of a whole support code.</summary>
    public const int CodeDigits = 9;

    private const int ShortDigits = 3;
    private const int LongDigits = 4;

    /// <summary>Whether the text is a nameplate.</summary>
    public static bool IsValid(string text) =>
        text is { Length: > 0 } && text.All(char.IsAsciiDigit)
        && text.Length == (text[0] <= '7' ? ShortDigits : LongDigits);

    /// <summary>How many of the nine digits stay secret beside this nameplate: six or five.</summary>
    public static int SecretDigits(string nameplate)
    {
        ArgumentNullException.ThrowIfNull(nameplate);
        return CodeDigits - nameplate.Length;
    }
}
