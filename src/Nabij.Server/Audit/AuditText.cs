using System.Globalization;
using System.Text;

namespace Nabij.Server.Audit;

/// <summary>Makes a value safe to print in a log or a table: one line, no characters that steer a terminal or the reading direction.</summary>
internal static class AuditText
{
    internal static string Escape(string value, int maximumLength)
    {
        var text = new StringBuilder(Math.Min(value.Length, maximumLength));
        foreach (var letter in value)
        {
            var piece = IsPlain(letter) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            if (text.Length + piece.Length > maximumLength)
                break;
            text.Append(piece);
        }

        return text.ToString();
    }

    private static bool IsPlain(char letter) =>
        letter != '\\' && CharUnicodeInfo.GetUnicodeCategory(letter) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
            UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
