using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nabij.Server.Storage;

/// <summary>
/// Whether the database can be read and written now: one row is read and one page of the file's head is written, in a
/// transaction that commits, because a full disk shows only there. Waits at most <see cref="BusySeconds"/> for another
/// writer; checks that come at once go one by one.
/// </summary>
internal sealed partial class DatabaseCheck(DatabaseSource source, ILogger<DatabaseCheck> logger) : IHealthCheck, IDisposable
{
    /// <summary>Short: a monitor that waits long for "not ready" learns it too late.</summary>
    private const int BusySeconds = 1;

    private readonly SemaphoreSlim _one = new(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await TouchAsync(cancellationToken);
            return HealthCheckResult.Healthy("ready");
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogNotReady(problem.Name, problem.ForOperator);
            return HealthCheckResult.Unhealthy($"database {problem.Name}");
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task TouchAsync(CancellationToken cancellation)
    {
        var settings = new SqliteConnectionStringBuilder(source.ConnectionString) { DefaultTimeout = BusySeconds, Mode = SqliteOpenMode.ReadWrite };
        await using var connection = new SqliteConnection(settings.ToString());
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "select 1 from organization limit 1", cancellation);
        // The user version is a number of SQLite's file head that nothing here uses otherwise; setting it always writes.
        await ExecuteAsync(connection, "pragma user_version = 1", cancellation);
    }

    /// <summary>One statement at a time: of several, the errors of the later ones would be lost.</summary>
    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Error, "Not ready. Storage problem {Name}: {Explanation}")]
    private partial void LogNotReady(string name, string explanation);
}
