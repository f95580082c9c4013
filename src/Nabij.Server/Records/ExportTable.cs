using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabij.Server.Records;

/// <summary>Rows as a file, written as they come: no more than a few hundred are held at a time.</summary>
/// <typeparam name="T">What a row is made of.</typeparam>
/// <param name="columns">Names and values in order; values as <see cref="CsvText.Field"/> takes them.</param>
internal sealed class ExportTable<T>(IReadOnlyList<(string Name, Func<T, object?> Value)> columns)
{
    /// <summary>Rows between two writes to the line.</summary>
    private const int Batch = 200;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Inside a JSON file nothing is markup; what a page needs escaped would only make names unreadable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="rows">Read to their end.</param>
    /// <param name="output">Stays open.</param>
    /// <param name="withMark">A byte-order mark in front, by which spreadsheets know UTF-8.</param>
    /// <param name="cancellation">Of the request.</param>
    internal async Task WriteCsvAsync(IAsyncEnumerable<T> rows, Stream output, bool withMark, CancellationToken cancellation)
    {
        var text = new StringBuilder(withMark ? "\ufeff" : "").AppendJoin(',', columns.Select(column => CsvText.Field(column.Name))).Append(CsvText.LineEnd);
        var held = 0;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            text.AppendJoin(',', columns.Select(column => CsvText.Field(column.Value(row)))).Append(CsvText.LineEnd);
            if (++held % Batch == 0)
                await FlushAsync(text, output, cancellation);
        }

        await FlushAsync(text, output, cancellation);
    }

    /// <summary>An array of objects, one a row.</summary>
    internal async Task WriteJsonAsync(IAsyncEnumerable<T> rows, Stream output, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartArray();
        var held = 0;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            WriteObject(json, row);
            if (++held % Batch == 0)
                await json.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellation);
    }

    internal void WriteObject(Utf8JsonWriter json, T row)
    {
        json.WriteStartObject();
        foreach (var (name, value) in columns)
            Write(json, name, value(row));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, Math.Round(number, 2));
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case DateTimeOffset time:
                json.WriteString(name, CsvText.Time(time));
                break;
            default:
                json.WriteString(name, (string)value);
                break;
        }
    }

    private static async Task FlushAsync(StringBuilder text, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(Utf8.GetBytes(text.ToString()), cancellation);
        text.Clear();
    }
}
