using System.Data.Common;

namespace Nabij.Server.Storage;

/// <summary>The tables that a database really has.</summary>
/// <param name="Tables">The type of each column, by table and column.</param>
/// <param name="References">Which tables each table's rows point to, itself left out.</param>
internal sealed record DatabaseShape(IReadOnlyDictionary<string, Dictionary<string, string>> Tables, ILookup<string, string> References)
{
    private const int Deepest = 32;

    /// <summary>Tables in order of this number have every row that they point to before them.</summary>
    /// <exception cref="InvalidOperationException">Tables point in a circle.</exception>
    internal int Depth(string table) => Depth(table, level: 0);

    private int Depth(string table, int level) => level <= Deepest
        ? References[table].Select(other => Depth(other, level + 1) + 1).DefaultIfEmpty(0).Max()
        : throw new InvalidOperationException($"The table {table} points to itself by way of others.");

    /// <param name="connection">Open.</param>
    /// <param name="columns">Gives table, column, type.</param>
    /// <param name="references">Gives table, table pointed to.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal static async Task<DatabaseShape> ReadAsync(DbConnection connection, string columns, string references, CancellationToken cancellation)
    {
        var tables = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in await RowsAsync(connection, columns, cancellation))
        {
            if (!tables.TryGetValue(line[0], out var types))
                tables[line[0]] = types = new(StringComparer.Ordinal);
            types[line[1]] = line[2];
        }

        return new DatabaseShape(tables, (await RowsAsync(connection, references, cancellation)).Where(line => line[0] != line[1]).ToLookup(line => line[0], line => line[1]));
    }

    private static async Task<List<string[]>> RowsAsync(DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(cancellation))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
