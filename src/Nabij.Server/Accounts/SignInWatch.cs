using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>
/// Looks whether the sign-ins that have sockets open still stand: at once when the bell rings, which changes of this server
/// and commands do, and every second for what another node or the clock has ended. One query, and none while no socket is
/// open. What ends a sign-in by its row closes its sockets without this (<see cref="SignInEnding"/>).
/// </summary>
internal sealed partial class SignInWatch(
    DatabaseSource source, LiveSignIns live, SignInStanding standing, SignInBell bell, TimeProvider clock, ILogger<SignInWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    internal async Task LookAsync(CancellationToken cancellation)
    {
        var watched = live.Watched();
        if (watched.Count == 0)
            return;
        await using var database = source.OpenUnscoped();
        var rows = await database.Set<SignIn>().OfEveryOrganization().AsNoTracking().Where(row => watched.Contains(row.ReferenceHash)).ToListAsync(cancellation);
        var standingOnes = await standing.FilterAsync(database, rows, cancellation);
        foreach (var gone in watched.Except(standingOnes, StringComparer.Ordinal))
            live.End(gone);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Listen();
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            var (tick, rung) = (timer.WaitForNextTickAsync(stoppingToken).AsTask(), bell.WaitAsync(stoppingToken));
            while (true)
            {
                var first = await Task.WhenAny(tick, rung);
                await first;
                if (first == tick)
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                else
                    rung = bell.WaitAsync(stoppingToken);
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>A database that cannot answer now ends nothing.</summary>
    private async Task TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAsync(cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogPutOff(problem.ForOperator);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The open sign-ins could not be looked up: {Explanation}")]
    private partial void LogPutOff(string explanation);
}
