using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>
/// Sends what is due when <see cref="WebhookLoop"/> says so: one message at a time for each webhook, <see cref="MostAtOnce"/> webhooks at a
/// time. An attempt is claimed in the database first, so that several nodes do not send the same message at once, and a crash
/// in the middle leads to another attempt.
/// </summary>
internal sealed partial class WebhookSender(DatabaseSource source, WebhookAttempt attempt, TimeProvider clock, ILogger<WebhookSender> logger)
{
    /// <summary>How long messages are kept that are finished.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(1);

    private const int MostAtOnce = 8, MostInARow = 20;

    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <summary>Starts what is due and does not wait for it. Called by one caller at a time.</summary>
    internal Task LookAsync(CancellationToken cancellation) => TryAsync(() => StartDueAsync(cancellation));

    private async Task StartDueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var database = source.OpenForEvery();
        var due = await database.Set<WebhookDelivery>().OfEveryOrganization().Where(row => row.NextAt != null && row.NextAt <= now)
            .Select(row => new { row.OrganizationId, row.WebhookId }).Distinct().Take(MostAtOnce * 4).ToListAsync(cancellation);
        foreach (var over in _running.Where(one => one.Value.IsCompleted).ToList())
            _running.TryRemove(over);
        foreach (var one in due)
        {
            if (_running.Count >= MostAtOnce)
                break;
            if (!_running.ContainsKey(one.WebhookId))
                _running[one.WebhookId] = RunAsync(one.OrganizationId, one.WebhookId, cancellation);
        }

        if (now < _nextSweep)
            return;
        _nextSweep = now + SweepPeriod;
        var oldest = now - Kept;
        await database.Set<WebhookDelivery>().OfEveryOrganization().Where(row => row.NextAt == null && row.CreatedAt < oldest).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Waits until nothing is being sent; for tests and for the end.</summary>
    internal Task SettleAsync() => Task.WhenAll(_running.Values);

    private async Task RunAsync(Guid organization, Guid webhook, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await TryAsync(() => SendAsync(organization, webhook, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops; the attempt was claimed and comes again.
        }
#pragma warning disable CA1031 // The top of this webhook's work: nobody waits for it, so that whatever goes wrong is told here or never.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(failure, webhook);
        }
    }

    private async Task SendAsync(Guid organization, Guid webhook, CancellationToken cancellation)
    {
        for (var i = 0; i < MostInARow; i++)
        {
            var now = clock.GetUtcNow();
            await using var database = source.Open(organization);
            var next = await database.Set<WebhookDelivery>().AsNoTracking().Where(row => row.WebhookId == webhook && row.NextAt != null && row.NextAt <= now)
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellation);
            if (next is null || !await attempt.MakeAsync(database, next, cancellation))
                return;
        }
    }

    /// <summary>A database that cannot answer now puts the messages off; they are still there.</summary>
    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogPutOff(problem.ForOperator);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Webhooks are put off: {Explanation}")]
    private partial void LogPutOff(string explanation);

    [LoggerMessage(2, LogLevel.Error, "The messages of webhook {Webhook} could not be sent; they are tried again.")]
    private partial void LogFailed(Exception failure, Guid webhook);
}
