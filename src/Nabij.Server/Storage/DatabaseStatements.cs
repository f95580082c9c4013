using System.Data.Common;

namespace Nabij.Server.Storage;

/// <summary>Plain SQL on a connection, for the schema and the checks of both databases.</summary>
internal static class DatabaseStatements
{
    internal static async Task ExecuteAsync(this DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static async Task<object?> ScalarAsync(this DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>Adds a value as @name.</summary>
    internal static void Add(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
