using System.Data.Common;
using System.Text;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Storage;

/// <summary>
/// Which database the tests run on: SQLite, or PostgreSQL when NABIJ_TEST_DATABASE is "postgres". What a test does beside
/// the server's own code (holding a lock, changing rows, reading what is stored) goes through here and so runs on both.
/// </summary>
internal static class TestDatabase
{
    internal static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("NABIJ_TEST_DATABASE") == "postgres";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Gives a data folder its own database; with SQLite there is nothing to do. Folders that have one keep it.</summary>
    internal static async Task PrepareAsync(string folder, bool withSchema = true)
    {
        var data = new DataFolder(folder);
        if (!IsPostgres || DatabaseAddress.Find(data) is not null)
            return;
        data.Open();
        DatabaseAddress.Keep(data, await PostgresCluster.CreateAsync(withSchema));
    }

    internal static async Task DropAsync(string folder)
    {
        if (DatabaseAddress.Find(new DataFolder(folder)) is { } address)
            await PostgresCluster.DropAsync(address);
    }

    /// <summary>Keeps every other writer out until it is disposed.</summary>
    internal static async Task<IAsyncDisposable> HoldAsync(DatabaseSource source)
    {
        var connection = source.Connect();
        await connection.OpenAsync(Cancel);
        return new Held(connection, await source.Engine.BeginExclusiveAsync(connection, Cancel));
    }

    /// <summary>Changes rows of whatever organization behind the server's back; gives how many.</summary>
    internal static async Task<int> ExecuteAsync(DatabaseSource source, string sql)
    {
        await using var connection = source.Connect();
        await connection.OpenAsync(Cancel);
        await using var transaction = await source.Engine.BeginExclusiveAsync(connection, Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var changed = await command.ExecuteNonQueryAsync(Cancel);
        await transaction.CommitAsync(Cancel);
        return changed;
    }

    internal static async Task<long> CountAsync(DatabaseSource source, string sql)
    {
        await using var connection = source.Connect();
        await connection.OpenAsync(Cancel);
        await using var transaction = await source.Engine.BeginExclusiveAsync(connection, Cancel);
        return Convert.ToInt64(await connection.ScalarAsync(sql, Cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Everything that the database holds, as a search for a secret would find it: the bytes of the file, or all rows as text.</summary>
    internal static async Task<string> ContentAsync(RunningServer server)
    {
        if (!IsPostgres)
            return string.Concat(Directory.GetFiles(server.Folder, "nabij.db*").Select(file => Encoding.Latin1.GetString(ReadShared(file))));
        var source = server.Services.GetRequiredService<DatabaseSource>();
        await using var connection = source.Connect();
        await connection.OpenAsync(Cancel);
        await using var transaction = await source.Engine.BeginExclusiveAsync(connection, Cancel);
        var text = new StringBuilder();
        foreach (var table in await ColumnAsync(connection, "select quote_ident(table_name) from information_schema.tables where table_schema = current_schema()"))
        {
            // Rows as text show byte strings in hex; the bytes themselves are searched too.
            foreach (var row in await ColumnAsync(connection, $"select t::text from {table} t"))
                text.Append(row).Append('\n');
            foreach (var column in await ColumnAsync(connection, $"select quote_ident(column_name) from information_schema.columns where table_schema = current_schema() and table_name = '{table}' and data_type = 'bytea'"))
                text.AppendJoin('\n', (await ColumnAsync(connection, $"select encode({column}, 'base64') from {table} where {column} is not null")).Select(one => Encoding.Latin1.GetString(Convert.FromBase64String(one))));
        }

        return text.ToString();
    }

    internal static async Task<List<string>> ColumnAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var values = new List<string>();
        while (await reader.ReadAsync(Cancel))
            values.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return values;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed record Held(DbConnection Connection, DbTransaction Transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }
}
