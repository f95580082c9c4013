using System.Text;

namespace Nabij.Server.Tests.Records;

/// <summary>Reads RFC 4180 as a spreadsheet does; strict, so that what it reads is what the standard says.</summary>
internal static class CsvReader
{
    internal static List<List<string>> Read(string text)
    {
        var rows = new List<List<string>>();
        var at = 0;
        while (at < text.Length)
            rows.Add(Row(text, ref at));
        return rows;
    }

    private static List<string> Row(string text, ref int at)
    {
        var row = new List<string>();
        while (true)
        {
            row.Add(text[at..] is ['"', ..] ? Quoted(text, ref at) : Plain(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            return row;
        }
    }

    private static string Plain(string text, ref int at)
    {
        var begin = at;
        while (text[at] is not (',' or '\r' or '\n'))
        {
            Assert.NotEqual('"', text[at]);
            at++;
        }

        return text[begin..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] == '"' && text[at + 1] == '"')
                at++;
            else if (text[at] == '"')
                break;
            field.Append(text[at]);
        }

        at++;
        return field.ToString();
    }
}
