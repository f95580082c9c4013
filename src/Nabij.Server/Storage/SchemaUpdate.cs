// Applies the numbered scripts of Storage/Migrations that a database has not seen, in order, in one transaction that keeps
// every other writer out, so that two processes that start together cannot both apply one. A script that was applied once
// may never change: its SHA-256 is kept and compared.

using System.Data.Common;
using Nabij.Server.Commands;

namespace Nabij.Server.Storage;

internal static class SchemaUpdate
{
    /// <summary>The table that remembers which scripts were applied.</summary>
    internal const string Table = "schema_version";

    internal static Task ApplyAsync(DatabaseEngine engine, TimeProvider clock, CancellationToken cancellation) =>
        ApplyAsync(engine, SchemaScript.Of(engine.Name), clock, cancellation);

    internal static async Task ApplyAsync(
        DatabaseEngine engine, IReadOnlyList<SchemaScript> scripts, TimeProvider clock, CancellationToken cancellation)
    {
        await using var connection = engine.Connect();
        await connection.OpenAsync(cancellation);
        await using var transaction = await engine.BeginExclusiveAsync(connection, cancellation);
        await ApplyAsync(engine, connection, scripts, clock, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The same inside a transaction of the caller, which keeps every other writer out.</summary>
    internal static async Task ApplyAsync(
        DatabaseEngine engine, DbConnection connection, IReadOnlyList<SchemaScript> scripts, TimeProvider clock, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(engine.VersionTable, cancellation);
        var applied = await ReadAppliedAsync(connection, cancellation);
        if (applied.Keys.Except(scripts.Select(script => script.Number)).Any())
            throw new OperatorException("The database was made by a newer version of nabij-server. Install that version, or restore the backup made before the upgrade.");

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Number, out var hash))
                await ApplyAsync(connection, script, clock, cancellation);
            else if (hash != script.Hash)
                throw new OperatorException($"The database was made with another version of the script {script.Name}. Use the nabij-server release that made it.");
        }

        await engine.FinishUpdateAsync(connection, cancellation);
    }

    /// <summary>Numbers of the scripts that this database has seen; empty where there is none of ours.</summary>
    internal static async Task<Dictionary<int, string>> ReadAppliedAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var select = connection.CreateCommand();
        select.CommandText = "select number, script_sha256 from schema_version";
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        return applied;
    }

    private static async Task ApplyAsync(DbConnection connection, SchemaScript script, TimeProvider clock, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(script.Sql, cancellation);
        await using var insert = connection.CreateCommand();
        insert.CommandText = "insert into schema_version (number, name, script_sha256, applied_at) values (@number, @name, @hash, @time)";
        insert.Add("@number", script.Number);
        insert.Add("@name", script.Name);
        insert.Add("@hash", script.Hash);
        insert.Add("@time", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await insert.ExecuteNonQueryAsync(cancellation);
    }
}
