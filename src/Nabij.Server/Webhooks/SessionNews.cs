using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Webhooks;

/// <summary>
/// Tells webhooks of sessions, in the transaction that records them. A lost connection is told as the end only when the time to
/// come back has passed; a run that never became a session is not told at all, nor is
/// one of somebody who joined a session that goes on.
/// </summary>
internal sealed class SessionNews(WebhookOutbox outbox, Limits limits)
{
    internal Task TellAsync(ServerDatabase database, SupportSession session, string action, CancellationToken cancellation) => session.ParentId is not null ? Task.CompletedTask : action switch
    {
        "session.started" => StartedAsync(database, session, cancellation),
        "session.ended" or "session.explained" => EndedAsync(database, session, cancellation),
        "session.resumed" => WebhookOutbox.TakeBackAsync(database, WebhookEvents.SessionEnded, session.Id, cancellation),
        _ => Task.CompletedTask,
    };

    private Task StartedAsync(ServerDatabase database, SupportSession session, CancellationToken cancellation) => outbox.AddAsync(
        database, new Happening(WebhookEvents.SessionStarted, session.Id),
        (new SessionStartedNews(session.Id, session.TechnicianId, session.StartedAt ?? session.PairedAt), WebhookJson.Default.WebhookBodySessionStartedNews), cancellation);

    /// <summary>The technician's page and the relay tell of an end in either order; the reason of the page is the better one.</summary>
    internal async Task EndedAsync(ServerDatabase database, SupportSession session, CancellationToken cancellation)
    {
        if (session is not { ParentId: null, StartedAt: { } started, EndedAt: { } ended, EndReason: { } reason })
            return;
        await WebhookOutbox.TakeBackAsync(database, WebhookEvents.SessionEnded, session.Id, cancellation);
        var happening = new Happening(WebhookEvents.SessionEnded, session.Id, reason == SessionLedger.ConnectionLost ? limits.ResumeWindow : TimeSpan.Zero);
        var news = new SessionEndedNews(session.Id, session.TechnicianId, started, ended, Math.Max(0, (long)(ended - started).TotalSeconds), reason);
        await outbox.AddAsync(database, happening, (news, WebhookJson.Default.WebhookBodySessionEndedNews), cancellation);
    }
}
