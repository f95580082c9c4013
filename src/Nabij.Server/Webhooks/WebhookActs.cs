using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Webhooks;

/// <summary>
/// Makes, changes and removes webhooks, each act in one transaction (the caller's, where there is one) with its line in the
/// audit chain. Scoped to a request of the organization. "actor" is as the audit chain names it.
/// </summary>
internal sealed class WebhookActs(ServerDatabase database, WebhookSecrets secrets, WebhookOutbox outbox, Reachable reachable, AuditLog audit, TimeProvider clock)
{
    /// <summary>How long the secret before the newest still signs.</summary>
    internal static readonly TimeSpan OlderSigns = TimeSpan.FromHours(24);

    /// <summary>Tracked; null when this organization has none of this id.</summary>
    internal Task<Webhook?> FindAsync(Guid id, CancellationToken cancellation) => database.Set<Webhook>().SingleOrDefaultAsync(row => row.Id == id, cancellation);

    /// <summary>A new webhook and its secret, which is shown once; or why there is none.</summary>
    internal async Task<(Webhook? Hook, string Secret, Problem? Problem)> MakeAsync((string Actor, Guid Id) maker, WebhookForm typed, CancellationToken cancellation)
    {
        var (form, problem) = typed.Check(reachable);
        if (problem is not null)
            return (null, "", problem);
        await using var transaction = await BeginAsync(cancellation);
        if (await database.Set<Webhook>().CountAsync(cancellation) >= Webhook.Most)
            return (null, "", new Problem("problem.webhooks-many", Webhook.Most));
        var secret = WebhookSignature.CreateSecret();
        var hook = new Webhook
        {
            OrganizationId = database.CurrentOrganizationId,
            Id = Guid.NewGuid(),
            Name = form.Name,
            Address = form.Address,
            Events = string.Join(' ', form.Events),
            Secret = secrets.Seal(secret),
            MadeBy = maker.Id,
            CreatedAt = clock.GetUtcNow(),
        };
        database.Add(hook);
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(maker.Actor, "webhook.made", hook, $"\"{hook.Name}\" {Host(hook)}, {hook.Events}", cancellation);
        await CommitAsync(transaction, cancellation);
        return (hook, secret, null);
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> ChangeAsync(string actor, Webhook hook, WebhookForm typed, CancellationToken cancellation)
    {
        var (form, problem) = typed.Check(reachable);
        if (problem is not null)
            return problem;
        await using var transaction = await BeginAsync(cancellation);
        var isElsewhere = hook.Address != form.Address;
        (hook.Name, hook.Address, hook.Events) = (form.Name, form.Address, string.Join(' ', form.Events));
        if (isElsewhere)
            hook.FailingSince = null;
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(actor, "webhook.changed", hook, $"\"{hook.Name}\" {Host(hook)}, {hook.Events}", cancellation);
        await CommitAsync(transaction, cancellation);
        return null;
    }

    internal async Task SwitchAsync(string actor, Webhook hook, bool on, CancellationToken cancellation)
    {
        if (on == hook.OffAt is null)
            return;
        await using var transaction = await BeginAsync(cancellation);
        (hook.OffAt, hook.OffReason, hook.FailingSince) = on ? (default(DateTimeOffset?), "", default(DateTimeOffset?)) : (clock.GetUtcNow(), Webhook.ByAdmin, hook.FailingSince);
        await database.SaveChangesAsync(cancellation);
        await WebhookOutbox.DropAsync(database, hook.Id, cancellation);
        await RecordAsync(actor, on ? "webhook.switched-on" : "webhook.switched-off", hook, $"\"{hook.Name}\"", cancellation);
        await CommitAsync(transaction, cancellation);
    }

    /// <summary>A new secret, shown once; the one before it signs too for <see cref="OlderSigns"/>.</summary>
    internal async Task<string> RenewAsync(string actor, Webhook hook, CancellationToken cancellation)
    {
        await using var transaction = await BeginAsync(cancellation);
        var secret = WebhookSignature.CreateSecret();
        (hook.OlderSecret, hook.OlderUntil, hook.Secret) = (hook.Secret, clock.GetUtcNow() + OlderSigns, secrets.Seal(secret));
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(actor, "webhook.secret-renewed", hook, $"\"{hook.Name}\"", cancellation);
        await CommitAsync(transaction, cancellation);
        return secret;
    }

    internal async Task RemoveAsync(string actor, Webhook hook, CancellationToken cancellation)
    {
        await using var transaction = await BeginAsync(cancellation);
        await database.Set<WebhookDelivery>().Where(row => row.WebhookId == hook.Id).ExecuteDeleteAsync(cancellation);
        await database.Set<Webhook>().Where(row => row.Id == hook.Id).ExecuteDeleteAsync(cancellation);
        await RecordAsync(actor, "webhook.removed", hook, $"\"{hook.Name}\" {Host(hook)}", cancellation);
        await CommitAsync(transaction, cancellation);
    }

    /// <summary>A message about nothing, to this one only. Gives its id.</summary>
    internal async Task<Guid> TestAsync(string actor, Webhook hook, CancellationToken cancellation)
    {
        await using var transaction = await BeginAsync(cancellation);
        var id = await outbox.AddAsync(
            database, hook.Id, new Happening(WebhookEvents.Test, ""), (new TestNews(hook.Id), WebhookJson.Default.WebhookBodyTestNews), cancellation);
        await RecordAsync(actor, "webhook.tested", hook, $"\"{hook.Name}\" {Host(hook)}", cancellation);
        await CommitAsync(transaction, cancellation);
        return id;
    }

    /// <summary>The same message once more, at once, with the same id. False when it is not there or still waits for its first attempt.</summary>
    internal async Task<bool> ResendAsync(string actor, Webhook hook, Guid delivery, CancellationToken cancellation)
    {
        await using var transaction = await BeginAsync(cancellation);
        var now = clock.GetUtcNow();
        if (hook.OffAt is not null || await database.Set<WebhookDelivery>().Where(row => row.Id == delivery && row.WebhookId == hook.Id && (row.NextAt == null || row.Attempts > 0))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, now), cancellation) == 0)
            return false;
        await RecordAsync(actor, "webhook.resent", hook, $"message {delivery}", cancellation);
        await CommitAsync(transaction, cancellation);
        return true;
    }

    private Task RecordAsync(string actor, string action, Webhook hook, string details, CancellationToken cancellation) =>
        audit.RecordAsync(database, new AuditEntry(actor, action, hook.Id.ToString(), AuditEntry.Done, details), cancellation);

    /// <summary>Null when the caller has a transaction running, which then is the one.</summary>
    private async Task<IDbContextTransaction?> BeginAsync(CancellationToken cancellation) =>
        database.Database.CurrentTransaction is null ? await database.Database.BeginTransactionAsync(cancellation) : null;

    private static Task CommitAsync(IDbContextTransaction? transaction, CancellationToken cancellation) => transaction?.CommitAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>Path and query may hold a secret of the receiver: they stand in no log.</summary>
    private static string Host(Webhook hook) => new Uri(hook.Address).GetLeftPart(UriPartial.Authority);
}
