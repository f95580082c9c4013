// Values as CSV fields: RFC 4180, and harmless in a spreadsheet, which would take a field that begins with one of = + - @
// (or their wide forms), a tab or a line end for a formula: such a field gets an apostrophe in front (OWASP, "CSV injection").

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabij.Server.Records;

internal static class CsvText
{
    internal const string LineEnd = "\r\n";

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\"\r\n\t");

    /// <summary>A field, quoted where it must be. Numbers and times are never formulas.</summary>
    internal static string Field(object? value) => value switch
    {
        null => "",
        long number => number.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => Time(time),
        string text => Quote(Harmless(text)),
        _ => throw new ArgumentException($"No field is made of {value.GetType()}.", nameof(value)),
    };

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Harmless(string text)
    {
        var clean = new StringBuilder(text.Length + 1);
        if (text.TrimStart() is ['=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20', ..] || text is ['\t' or '\r' or '\n', ..])
            clean.Append('\'');
        // A NUL or an escape character has no business in a table, and some readers stop at it.
        foreach (var letter in text)
            clean.Append(char.IsControl(letter) && letter is not ('\t' or '\r' or '\n') ? '\ufffd' : letter);
        return clean.ToString();
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(Separators) || text is [' ', ..] or [.., ' ']
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
