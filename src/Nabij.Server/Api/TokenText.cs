using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Api;

/// <summary>
/// How a token is written: "nabij_", 256 random bits in hex, and eight hex digits of the SHA-256 of what stands before them.
/// The fixed beginning lets scanners find leaked ones, the check tells a mistyped one without a look at the database.
/// </summary>
internal static class TokenText
{
    internal const string Prefix = "nabij_";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private const int SecretBytes = 32, CheckDigits = 8, HintDigits = 6;

    internal const int Length = 6 + (2 * SecretBytes) + CheckDigits;

    internal static string Create()
    {
        var text = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return text + Check(text);
    }

    internal static bool IsWellFormed(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) &&
        text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0 &&
        text.AsSpan(Length - CheckDigits).SequenceEqual(Check(text[..^CheckDigits]));

    /// <summary>By what people recognize a token in a list: its beginning, which leaves 232 bits of it secret.</summary>
    internal static string Hint(string token) => token[..(Prefix.Length + HintDigits)];

    private static string Check(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..CheckDigits].ToString(CultureInfo.InvariantCulture);
}
