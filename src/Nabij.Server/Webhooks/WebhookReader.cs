using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>Reads what the pages of webhooks show. Scoped to a request of the organization.</summary>
internal sealed class WebhookReader(ServerDatabase database)
{
    private const int Shown = 50;

    internal async Task<IReadOnlyList<WebhookLine>> ListAsync(Organization organization, CancellationToken cancellation)
    {
        var time = OrganizationTime.Of(organization);
        var rows = await database.Set<Webhook>().AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(row => Line(row, time))];
    }

    /// <summary>The newest messages of one webhook.</summary>
    internal async Task<IReadOnlyList<DeliveryLine>> LogAsync(Organization organization, Webhook hook, CancellationToken cancellation)
    {
        var time = OrganizationTime.Of(organization);
        var rows = await database.Set<WebhookDelivery>().AsNoTracking().Where(row => row.WebhookId == hook.Id)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Shown).ToListAsync(cancellation);
        return [.. rows.Select(row => Line(row, hook, time))];
    }

    internal static WebhookLine Line(Webhook row, OrganizationTime time) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Address = row.Address,
        Events = row.EventList,
        State = row.OffAt is not null ? "off" : row.FailingSince is not null ? "failing" : "on",
        Since = (row.OffAt ?? row.FailingSince) is { } since ? time.Words(since) : "",
        OffReason = row.OffReason,
    };

    private static DeliveryLine Line(WebhookDelivery row, Webhook hook, OrganizationTime time) => new()
    {
        Id = row.Id,
        Event = row.Event,
        Time = time.Words(row.CreatedAt),
        State = row.NextAt is not null ? "waiting" : row.Outcome is WebhookDelivery.Delivered or WebhookDelivery.Dropped ? row.Outcome : "failed",
        NextAt = row.NextAt is { } next ? time.Words(next) : "",
        Attempts = row.Attempts,
        Outcome = PostOutcome.Words.Contains(row.Outcome) ? row.Outcome : row.LastStatus is null ? "" : PostOutcome.Answered,
        Status = row.LastStatus,
        Body = row.Body,
        MayResend = hook.OffAt is null && (row.NextAt is null || row.Attempts > 0),
    };
}
