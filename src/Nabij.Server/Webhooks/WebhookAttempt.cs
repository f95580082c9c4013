using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;
using Nabij.Server.Telemetry;

namespace Nabij.Server.Webhooks;

/// <summary>One attempt to deliver one message, and what becomes of the message and its webhook by it. Thread-safe.</summary>
internal sealed partial class WebhookAttempt(WebhookPost post, WebhookSecrets secrets, WebhookOutbox outbox, ServerMeters meters, TimeProvider clock, ILogger<WebhookAttempt> logger)
{
    /// <summary>How long a claimed attempt is nobody else's: longer than the post may take.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private const int ChanceSteps = 1000;

    /// <summary>True when the message arrived, and the next one may follow.</summary>
    internal async Task<bool> MakeAsync(ServerDatabase database, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var hook = await database.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery.WebhookId, cancellation);
        if (hook is not { OffAt: null })
        {
            await WebhookOutbox.DropAsync(database, delivery.WebhookId, cancellation);
            return false;
        }

        if (!await ClaimAsync(database, delivery, cancellation))
            return false;
        var outcome = Keys(hook) is { Count: > 0 } keys
            ? await post.SendAsync(new Uri(hook.Address), (delivery.MessageId, delivery.Body), keys, cancellation)
            : new PostOutcome(PostOutcome.Secret);
        meters.WebhookTried(outcome.IsDelivered ? WebhookDelivery.Delivered : outcome.Word);
        if (outcome.IsDelivered)
            await ArrivedAsync(database, hook, (delivery, outcome));
        else
            await FailedAsync(database, hook, (delivery, outcome));
        return outcome.IsDelivered;
    }

    private async Task<bool> ClaimAsync(ServerDatabase database, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var until = now + Claim;
        return await database.Set<WebhookDelivery>().Where(row => row.Id == delivery.Id && row.NextAt != null && row.NextAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until).SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.LastAt, now), cancellation) == 1;
    }

    /// <summary>What happened is written down even while the server stops: the other side has the message.</summary>
    private static async Task ArrivedAsync(ServerDatabase database, Webhook hook, (WebhookDelivery Delivery, PostOutcome Outcome) made)
    {
        await FinishAsync(database, made, nextAt: null, WebhookDelivery.Delivered);
        if (hook.FailingSince is not null)
            await database.Set<Webhook>().Where(row => row.Id == hook.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.FailingSince, (DateTimeOffset?)null));
    }

    private async Task FailedAsync(ServerDatabase database, Webhook hook, (WebhookDelivery Delivery, PostOutcome Outcome) made)
    {
        var now = clock.GetUtcNow();
        var next = now + WebhookRetries.Wait(made.Delivery.Attempts + 1, made.Outcome.RetryAfter, RandomNumberGenerator.GetInt32(ChanceSteps + 1) / (double)ChanceSteps);
        var isLast = next > made.Delivery.CreatedAt + WebhookRetries.Until;
        await FinishAsync(database, made, isLast ? null : next, made.Outcome.Word);
        LogFailed(hook.Id, made.Outcome.Word, made.Outcome.Status ?? 0, made.Delivery.Attempts + 1);
        if (hook.FailingSince is null)
            await database.Set<Webhook>().Where(row => row.Id == hook.Id && row.FailingSince == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.FailingSince, now));
        if (made.Outcome.IsGone || now - hook.FailingSince >= WebhookRetries.SwitchOffAfter)
            await SwitchOffAsync(database, hook, made.Outcome.IsGone ? Webhook.Gone : Webhook.Failing);
    }

    private async Task SwitchOffAsync(ServerDatabase database, Webhook hook, string reason)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        await outbox.SwitchOffAsync(database, hook, reason, CancellationToken.None);
        await transaction.CommitAsync();
        LogSwitchedOff(hook.Id, reason);
    }

    private static Task<int> FinishAsync(ServerDatabase database, (WebhookDelivery Delivery, PostOutcome Outcome) made, DateTimeOffset? nextAt, string word) =>
        database.Set<WebhookDelivery>().Where(row => row.Id == made.Delivery.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.NextAt, nextAt).SetProperty(row => row.LastStatus, made.Outcome.Status).SetProperty(row => row.Outcome, word));

    private List<string> Keys(Webhook hook)
    {
        var older = hook.OlderUntil > clock.GetUtcNow() ? hook.OlderSecret : null;
        return [.. new[] { hook.Secret, older }.OfType<string>().Select(secrets.Open).OfType<string>()];
    }

    [LoggerMessage(1, LogLevel.Information, "Webhook {Webhook}: {Outcome} {Status} at attempt {Attempt}")]
    private partial void LogFailed(Guid webhook, string outcome, int status, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Webhook {Webhook} is switched off: {Reason}. An administrator switches it on again on the page Integration.")]
    private partial void LogSwitchedOff(Guid webhook, string reason);
}
