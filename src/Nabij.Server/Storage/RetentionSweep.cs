// Deletes what has been kept long enough: once after the start, then once a day. What is deleted when is a list of
// plain SQL over column names, because it covers the tables of several features and needs none of their rows.

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Nabij.Server.Storage;

internal sealed partial class RetentionSweep(DatabaseSource source, IOptions<Retention> retention, TimeProvider clock, ILogger<RetentionSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);

    /// <summary>No sign-in lives longer, and no failure counts longer.</summary>
    internal static readonly TimeSpan SignInsKept = TimeSpan.FromHours(24);

    internal async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var acceptances = now.AddMonths(-retention.Value.AcceptanceMonths).ToUnixTimeMilliseconds();
        var sessions = now.AddMonths(-retention.Value.SessionMonths).ToUnixTimeMilliseconds();
        var signIns = (now - SignInsKept).ToUnixTimeMilliseconds();
        await using var database = source.OpenForEvery();
        return await database.Database.ExecuteSqlAsync($"delete from acceptance where accepted_at < {acceptances}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from session where paired_at < {sessions}", cancellation)
            + await database.Database.ExecuteSqlAsync(
                $"""
                delete from consent where received_at < {acceptances} and not exists (
                    select 1 from session where session.organization_id = consent.organization_id and session.consent_hash = consent.record_hash)
                """,
                cancellation)
            + await database.Database.ExecuteSqlAsync($"update session set technician_address = null where technician_address is not null and paired_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from wrong_code where at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in where created_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in_failure where failed_at < {signIns}", cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
                await TrySweepAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellation)
    {
        try
        {
            LogSwept(logger, await SweepAsync(cancellation));
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogPutOff(logger, problem.ForOperator);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Count} rows were kept long enough and are deleted")]
    private static partial void LogSwept(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Old rows could not be deleted today: {Explanation}")]
    private static partial void LogPutOff(ILogger logger, string explanation);
}
