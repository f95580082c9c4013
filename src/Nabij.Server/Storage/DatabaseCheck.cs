using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nabij.Server.Storage;

/// <summary>
/// Whether the database can be read and written now: one row is read and one page is written, in a transaction that
/// commits, because a full disk shows only there. Waits at most <see cref="BusySeconds"/> for another writer; checks that
/// come at once go one by one.
/// </summary>
internal sealed partial class DatabaseCheck(DatabaseSource source, ILogger<DatabaseCheck> logger) : IHealthCheck, IDisposable
{
    /// <summary>Short: a monitor that waits long for "not ready" learns it too late.</summary>
    private const int BusySeconds = 1;

    private readonly SemaphoreSlim _one = new(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await FindProblemAsync(cancellationToken) is not { } problem)
            return HealthCheckResult.Healthy("ready");
        LogNotReady(problem.Name, problem.ForOperator);
        return HealthCheckResult.Unhealthy($"database {problem.Name}");
    }

    /// <summary>What keeps the database from being read or written; null when nothing does.</summary>
    internal async Task<StorageProblem?> FindProblemAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            await TouchAsync(cancellation);
            return null;
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            return problem;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task TouchAsync(CancellationToken cancellation)
    {
        await using var connection = source.Engine.Connect(BusySeconds, mayCreate: false);
        await connection.OpenAsync(cancellation);
        // One statement at a time: of several, SQLite loses the errors of the later ones.
        foreach (var statement in source.Engine.Touch)
            await connection.ExecuteAsync(statement, cancellation);
    }

    [LoggerMessage(1, LogLevel.Error, "Not ready. Storage problem {Name}: {Explanation}")]
    private partial void LogNotReady(string name, string explanation);
}
