using Microsoft.EntityFrameworkCore;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>
/// Tells webhooks of sessions, in the transaction that records them: of each session once, whoever joins and leaves it. It ends
/// when its last technician has left; relatives only watch. A lost connection is told as the end only when the time to come back
/// has passed; a run that never became a session is not told at all.
/// </summary>
internal sealed class SessionNews(WebhookOutbox outbox, Limits limits, TimeProvider clock)
{
    internal Task TellAsync(ServerDatabase database, SupportSession run, string action, CancellationToken cancellation) => (run.Role, action) switch
    {
        (SupportSession.RelativeRole, _) => Task.CompletedTask,
        (_, "session.started") when run.ParentId is null => StartedAsync(database, run, cancellation),
        (_, "session.ended" or "session.explained") => EndedAsync(database, run, cancellation),
        (_, "session.started" or "session.resumed") => WebhookOutbox.TakeBackAsync(database, WebhookEvents.SessionEnded, run.Root, cancellation),
        _ => Task.CompletedTask,
    };

    private Task StartedAsync(ServerDatabase database, SupportSession session, CancellationToken cancellation) => outbox.AddAsync(
        database, new Happening(WebhookEvents.SessionStarted, session.Id),
        (new SessionStartedNews(session.Id, session.TechnicianId, session.StartedAt ?? session.PairedAt), WebhookJson.Default.WebhookBodySessionStartedNews), cancellation);

    /// <summary>The technician's page and the relay tell of an end in either order; the reason of the page is the better one.</summary>
    internal async Task EndedAsync(ServerDatabase database, SupportSession run, CancellationToken cancellation)
    {
        var root = run.Root;
        var runs = await database.Set<SupportSession>().AsNoTracking()
            .Where(row => (row.Id == root || row.ParentId == root) && row.Role == SupportSession.TechnicianRole).ToListAsync(cancellation);
        if (runs.Find(one => one.Id == root) is not { StartedAt: { } started } session || runs.Exists(one => one.EndedAt is null))
            return;
        // Only what was told to nobody yet is told anew; a late word about who left before changes nothing.
        var isTold = await WebhookOutbox.TakeBackAsync(database, WebhookEvents.SessionEnded, root, cancellation) == 0;
        var inOrder = runs.OrderBy(one => one.EndedAt).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        if (isTold && inOrder[^1].Id != run.Id)
            return;
        var last = inOrder.FindLast(one => one.StartedAt is not null) ?? session;
        var (ended, reason) = (last.EndedAt ?? started, last.EndReason ?? SessionLedger.ConnectionLost);
        var news = new SessionEndedNews(root, session.TechnicianId, started, ended, Math.Max(0, (long)(ended - started).TotalSeconds), reason);
        await outbox.AddAsync(database, new Happening(WebhookEvents.SessionEnded, root, WaitFor(runs)), (news, WebhookJson.Default.WebhookBodySessionEndedNews), cancellation);
    }

    /// <summary>As long as anybody whose connection was lost may come back.</summary>
    private TimeSpan WaitFor(List<SupportSession> runs)
    {
        var lost = runs.Where(one => one is { StartedAt: not null, EndReason: null or SessionLedger.ConnectionLost }).Select(one => one.EndedAt + limits.ResumeWindow - clock.GetUtcNow()).Max();
        return lost is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
