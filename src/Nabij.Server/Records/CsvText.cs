// Values as CSV fields: RFC 4180, and harmless in a spreadsheet, which would take a field that begins with one of = + - @
// (or their wide forms), a tab or a line end for a formula: such a field gets an apostrophe in front (OWASP, "CSV injection"),
// and so does each part of it that another reading of separators would make a cell of its own.

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabij.Server.Records;

internal static class CsvText
{
    internal const string LineEnd = "\r\n";

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\"\r\n\t");

    /// <summary>What ends a cell somewhere: where the comma is the decimal sign, spreadsheets cut at semicolons and see no quotes.</summary>
    private static readonly SearchValues<char> CellEnds = SearchValues.Create(";\r\n\t");

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
        var begins = true;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (begins && IsFormula(text.AsSpan(at)))
                clean.Append('\'');
            // A NUL or an escape character has no business in a table, and some readers stop at it.
            clean.Append(char.IsControl(letter) && letter is not ('\t' or '\r' or '\n') ? '\ufffd' : letter);
            begins = CellEnds.Contains(letter);
        }

        return clean.ToString();
    }

    private static bool IsFormula(ReadOnlySpan<char> cell) =>
        cell.TrimStart() is ['=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20', ..] || cell is ['\t' or '\r' or '\n', ..];

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(Separators) || text is [' ', ..] or [.., ' ']
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
