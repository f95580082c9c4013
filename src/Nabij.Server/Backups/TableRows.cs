// A table as lines of JSON, the same for both databases: null, a number (true is 1), a string, or {"b":"..."} for bytes in
// base64. Ids are strings in capital letters, as SQLite keeps them; PostgreSQL reads them in any case.

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Nabij.Server.Storage;

namespace Nabij.Server.Backups;

internal static class TableRows
{
    /// <summary>Writes all rows of a table; gives its columns and how many rows there are.</summary>
    internal static async Task<(IReadOnlyList<string> Columns, long Rows)> WriteAsync(DbConnection connection, string table, Stream stream, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {Quote(table)}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var count = 0L;
        for (; await reader.ReadAsync(cancellation); count++)
        {
            await using (var line = new Utf8JsonWriter(stream))
            {
                line.WriteStartArray();
                for (var i = 0; i < columns.Count; i++)
                    Write(line, reader.GetValue(i));
                line.WriteEndArray();
            }

            stream.WriteByte((byte)'\n');
        }

        return (columns, count);
    }

    /// <summary>Puts the lines of a table into the database; gives how many.</summary>
    /// <param name="connection">Open, with a transaction running.</param>
    /// <param name="table">The table as the backup describes it.</param>
    /// <param name="types">The type of each column of this table in this database.</param>
    /// <param name="stream">The lines.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">A line is not as the manifest says, or the database has no such column.</exception>
    internal static async Task<long> ReadAsync(
        DbConnection connection, BackupManifest.Table table, IReadOnlyDictionary<string, string> types, Stream stream, CancellationToken cancellation)
    {
        if (table.Columns.FirstOrDefault(column => !types.ContainsKey(column)) is { } unknown)
            throw new InvalidDataException($"its table {table.Name} has a column {unknown} that this program does not know.");
        await using var insert = connection.CreateCommand();
        insert.CommandText =
            $"insert into {Quote(table.Name)} ({string.Join(", ", table.Columns.Select(Quote))}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < table.Columns.Count; i++)
            insert.Add($"@p{i}", DBNull.Value);
        using var reader = new StreamReader(stream);
        var count = 0L;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            using var values = JsonDocument.Parse(line);
            if (values.RootElement.ValueKind != JsonValueKind.Array || values.RootElement.GetArrayLength() != table.Columns.Count)
                throw new InvalidDataException($"line {count + 1} of its table {table.Name} does not fit.");
            for (var i = 0; i < table.Columns.Count; i++)
                insert.Parameters[i].Value = Value(values.RootElement[i], types[table.Columns[i]]);
            await insert.ExecuteNonQueryAsync(cancellation);
            count++;
        }

        return count;
    }

    private static void Write(Utf8JsonWriter line, object value)
    {
        switch (value)
        {
            case DBNull: line.WriteNullValue(); break;
            case long number: line.WriteNumberValue(number); break;
            case int number: line.WriteNumberValue(number); break;
            case double number: line.WriteNumberValue(number); break;
            case bool yes: line.WriteNumberValue(yes ? 1 : 0); break;
            case string text: line.WriteStringValue(text); break;
            case Guid id: line.WriteStringValue(id.ToString().ToUpperInvariant()); break;
            case byte[] bytes:
                line.WriteStartObject();
                line.WriteBase64String("b", bytes);
                line.WriteEndObject();
                break;
            default: throw new NotSupportedException($"A column of {value.GetType()} has no form in a backup yet.");
        }
    }

    private static object Value(JsonElement element, string type) => (element.ValueKind, type.ToLowerInvariant()) switch
    {
        (JsonValueKind.Null, _) => DBNull.Value,
        (JsonValueKind.Number, "boolean") => element.GetInt64() != 0,
        (JsonValueKind.Number, "integer") when element.TryGetInt32(out var number) => number,
        (JsonValueKind.Number, "bigint" or "integer") => element.GetInt64(),
        (JsonValueKind.Number, "real" or "double precision") => element.GetDouble(),
        (JsonValueKind.String, "uuid") => Guid.Parse(element.GetString() ?? "", CultureInfo.InvariantCulture),
        (JsonValueKind.String, "text") => element.GetString() ?? "",
        (JsonValueKind.Object, "blob" or "bytea") => element.GetProperty("b").GetBytesFromBase64(),
        _ => throw new InvalidDataException($"a value of kind {element.ValueKind} does not fit a column of type {type}."),
    };

    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
