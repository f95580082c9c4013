// Applies the numbered scripts of Storage/Migrations/Sqlite in order, each in one transaction that holds SQLite's
// write lock, so that two processes that start together cannot both apply one. A script that was applied once may
// never change: its SHA-256 is kept and compared.

using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Nabij.Server.Commands;

namespace Nabij.Server.Storage;

internal static class SchemaUpdate
{
    private const string Prefix = "migrations/Sqlite/";

    private const string CreateVersionTable = """
        create table if not exists schema_version (
            number integer primary key,
            name text not null,
            script_sha256 text not null,
            applied_at integer not null
        ) strict;
        """;

    /// <summary>The scripts that this program carries, in order.</summary>
    internal static IReadOnlyList<Script> Scripts { get; } = Read(Assembly.GetExecutingAssembly());

    internal static Task ApplyAsync(string connectionString, TimeProvider clock, CancellationToken cancellation) =>
        ApplyAsync(connectionString, Scripts, clock, cancellation);

    internal static async Task ApplyAsync(
        string connectionString, IReadOnlyList<Script> scripts, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "pragma journal_mode = wal; pragma synchronous = normal;", cancellation);

        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, CreateVersionTable, cancellation);
        var applied = await ReadAppliedAsync(connection, cancellation);
        if (applied.Keys.DefaultIfEmpty(0).Max() > scripts.Max(script => script.Number))
            throw new OperatorException("The database was made by a newer version of nabij-server. Install that version, or restore the backup made before the upgrade.");

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Number, out var hash))
                await ApplyAsync(connection, script, clock, cancellation);
            else if (hash != script.Hash)
                throw new OperatorException($"The database was made with another version of the script {script.Name}. Use the nabij-server release that made it.");
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task ApplyAsync(SqliteConnection connection, Script script, TimeProvider clock, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, script.Sql, cancellation);
        await using var insert = connection.CreateCommand();
        insert.CommandText = "insert into schema_version (number, name, script_sha256, applied_at) values ($number, $name, $hash, $time)";
        insert.Parameters.AddWithValue("$number", script.Number);
        insert.Parameters.AddWithValue("$name", script.Name);
        insert.Parameters.AddWithValue("$hash", script.Hash);
        insert.Parameters.AddWithValue("$time", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Dictionary<int, string>> ReadAppliedAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        await using var select = connection.CreateCommand();
        select.CommandText = "select number, script_sha256 from schema_version";
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        return applied;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static List<Script> Read(Assembly assembly)
    {
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Script.Read(assembly, name, Prefix.Length))
            .ToList();
        for (var i = 1; i < scripts.Count; i++)
        {
            if (scripts[i].Number <= scripts[i - 1].Number)
                throw new InvalidOperationException($"Migration scripts have numbers of their own: {scripts[i].Name} follows {scripts[i - 1].Name}.");
        }

        return scripts;
    }

    /// <summary>One script, as "0001-organizations.sql".</summary>
    internal sealed record Script(int Number, string Name, string Sql)
    {
        internal string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

        internal static Script Read(Assembly assembly, string resource, int prefixLength)
        {
            using var stream = assembly.GetManifestResourceStream(resource) ?? throw new FileNotFoundException(resource);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var name = resource[prefixLength..];
            return new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
