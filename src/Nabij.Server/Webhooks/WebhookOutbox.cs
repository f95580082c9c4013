using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>
/// Puts a message for each webhook that wants it into the unit of work of what happened: both stand, or neither. Nothing is sent
/// here; <see cref="WebhookSender"/> does that. At most <see cref="MostWaiting"/> messages wait for one webhook.
/// </summary>
internal sealed class WebhookOutbox(AuditLog audit, TimeProvider clock)
{
    /// <summary>A day of failures of a busy shop, many times over.</summary>
    internal const int MostWaiting = 5_000;

    /// <summary>Anybody can come to the waiting room: a receiver that is so far behind learns nothing from one more, and nobody switches it off by that.</summary>
    internal const int MostNewcomers = 200;

    internal async Task AddAsync<T>(ServerDatabase database, Happening happening, (T Value, JsonTypeInfo<WebhookBody<T>> Type) news, CancellationToken cancellation)
    {
        var hooks = await database.Set<Webhook>().AsNoTracking().Where(row => row.OffAt == null).ToListAsync(cancellation);
        foreach (var hook in hooks.Where(hook => hook.Tells(happening.Event)))
        {
            var waiting = database.Set<WebhookDelivery>().Where(row => row.WebhookId == hook.Id && row.NextAt != null);
            if (happening.Event == WebhookEvents.CustomerWaiting)
            {
                if (await waiting.CountAsync(row => row.Event == WebhookEvents.CustomerWaiting, cancellation) < MostNewcomers)
                    await AddAsync(database, hook.Id, happening, news, cancellation);
            }
            else if (await waiting.CountAsync(cancellation) < MostWaiting)
                await AddAsync(database, hook.Id, happening, news, cancellation);
            else
                await SwitchOffAsync(database, hook, Webhook.Full, cancellation);
        }
    }

    internal async Task<Guid> AddAsync<T>(
        ServerDatabase database, Guid webhook, Happening happening, (T Value, JsonTypeInfo<WebhookBody<T>> Type) news, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var delivery = new WebhookDelivery
        {
            OrganizationId = database.CurrentOrganizationId,
            Id = Guid.NewGuid(),
            WebhookId = webhook,
            Event = happening.Event,
            Subject = happening.Subject,
            Body = JsonSerializer.Serialize(new WebhookBody<T>(happening.Event, now, news.Value), news.Type),
            CreatedAt = now,
            NextAt = now + happening.Delay,
        };
        database.Add(delivery);
        await database.SaveChangesAsync(cancellation);
        return delivery.Id;
    }

    /// <summary>It did not happen after all: takes back what nobody has been told yet. Gives how many messages that were.</summary>
    internal static Task<int> TakeBackAsync(ServerDatabase database, string happening, string subject, CancellationToken cancellation) =>
        database.Set<WebhookDelivery>().Where(row => row.Event == happening && row.Subject == subject && row.Attempts == 0 && row.NextAt != null).ExecuteDeleteAsync(cancellation);

    /// <summary>Nothing more is sent to it, and what waits is dropped; the audit chain and its page say why.</summary>
    internal async Task SwitchOffAsync(ServerDatabase database, Webhook hook, string reason, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await database.Set<Webhook>().Where(row => row.Id == hook.Id && row.OffAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.OffAt, now).SetProperty(row => row.OffReason, reason), cancellation) == 0)
            return;
        await DropAsync(database, hook.Id, cancellation);
        await audit.RecordAsync(database, new AuditEntry("system", "webhook.switched-off", hook.Id.ToString(), AuditEntry.Failed, $"\"{hook.Name}\": {reason}"), cancellation);
    }

    internal static Task DropAsync(ServerDatabase database, Guid webhook, CancellationToken cancellation) =>
        database.Set<WebhookDelivery>().Where(row => row.WebhookId == webhook && row.NextAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, (DateTimeOffset?)null).SetProperty(row => row.Outcome, WebhookDelivery.Dropped), cancellation);
}

/// <summary>What happened.</summary>
/// <param name="Event">One of <see cref="WebhookEvents"/>.</param>
/// <param name="Subject">What it is about, by which it can be taken back; may be empty.</param>
/// <param name="Delay">How long it may still turn out not to have happened.</param>
internal sealed record Happening(string Event, string Subject, TimeSpan Delay = default);
