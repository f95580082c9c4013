using System.Data.Common;
using Nabij.Server.Storage;

namespace Nabij.Server.SelfTest;

/// <summary>Whether the database can be used, has this program's schema, and keeps organizations apart by itself.</summary>
internal sealed class StoreChecks(DatabaseSource source, DatabaseCheck database)
{
    internal async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellation)
    {
        if (await database.FindProblemAsync(cancellation) is { } problem)
            return [Finding.Bad("database.broken", problem.ForOperator)];
        await using var connection = source.Connect();
        await connection.OpenAsync(cancellation);
        var findings = new List<Finding> { Finding.Good("database.good", source.Engine.Place), await SchemaAsync(connection, cancellation) };
        if (source.Engine is PostgresEngine)
            findings.Add(await RoleAsync(connection, cancellation));
        return findings;
    }

    private async Task<Finding> SchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        var applied = await SchemaUpdate.ReadAppliedAsync(connection, cancellation);
        var own = SchemaScript.Of(source.Engine.Name);
        return own.All(script => applied.GetValueOrDefault(script.Number) == script.Hash) && applied.Count == own.Count
            ? Finding.Good("schema.good", own[^1].Number)
            : Finding.Bad("schema.other");
    }

    /// <summary>A role that row security does not bind would see every organization's rows.</summary>
    private static async Task<Finding> RoleAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.ScalarAsync("select rolsuper or rolbypassrls from pg_roles where rolname = current_user", cancellation) is true
            ? Finding.Bad("role.above")
            : Finding.Good("role.good");
}
