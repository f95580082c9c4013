using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Audit;
using Nabij.Server.Relay;
using Nabij.Server.Storage;
using Nabij.Server.Telemetry;
using Nabij.Server.Terms;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Writes down consents and runs, each with its audit event in one transaction. What cannot be written down does not
/// take place: a full disk refuses registrations and joins, and hurts no session that runs.
/// </summary>
internal sealed class SessionLedger(DatabaseSource source, AuditLog audit, SessionNews news, SessionTraces traces, TimeProvider time)
{
    internal const string ConnectionLost = "connection-lost";

    /// <summary>How long after the end of a run its host may still report on it: it registers again at once.</summary>
    internal static readonly TimeSpan ReportWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Stores the consent of a registration once and gives the record's hash in hex; null when it is not one to texts
    /// that the organization has published, with both ticks.
    /// </summary>
    internal async Task<string?> KeepConsentAsync(Guid organization, ConsentRecord record, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(record.Hash());
        await using var database = source.Open(organization);
        // Published texts never change, so what they say is read before other writers have to wait for this one.
        if (!await IsToPublishedTextsAsync(database, record, cancellation))
            return null;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<Consent>().AnyAsync(row => row.RecordHash == hash, cancellation))
            return hash;
        database.Add(new Consent
        {
            OrganizationId = organization,
            RecordHash = hash,
            TermsId = record.TermsId,
            TermsVersion = record.TermsVersion,
            Language = record.Language,
            TermsHash = Convert.ToHexStringLower(record.TermsHash.Span),
            LicenceHash = Convert.ToHexStringLower(record.LicenceHash.Span),
            Ticks = (int)record.Ticks,
            Backup = record.Backup.ToString().ToLowerInvariant(),
            AcceptedAt = TimeOf(record),
            ReceivedAt = time.GetUtcNow(),
        });
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry("customer", "consent.given", hash, AuditEntry.Done, $"terms {record.TermsId} {record.TermsVersion} {record.Language}"), cancellation);
        await transaction.CommitAsync(cancellation);
        return hash;
    }

    /// <summary>Opens the record of a run before the two sides are told that they are paired.</summary>
    internal async Task BeginAsync(SupportSession session, CancellationToken cancellation)
    {
        await using var database = source.Open(session.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        database.Add(session);
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(database, session, session.ParentId is null ? "session.paired" : "session.joined",
            $"nameplate {session.Nameplate}, consent {session.ConsentHash}{(session.ParentId is { } parent ? $", {session.Role} in {parent}" : "")}", cancellation);
        await transaction.CommitAsync(cancellation);
        traces.Paired(session.Id);
    }

    /// <summary>A technician's run that became a session and is going on, and how many of its session are; null when it is none.</summary>
    internal async Task<(SupportSession Run, int Count)?> FindRunningAsync(Guid organization, string id, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var run = await database.Set<SupportSession>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null && row.StartedAt != null && row.Role == SupportSession.TechnicianRole, cancellation);
        if (run is null)
            return null;
        var root = run.Root;
        var count = await database.Set<SupportSession>().CountAsync(row => row.EndedAt == null && (row.Id == root || row.ParentId == root), cancellation);
        return (run, count);
    }

    /// <summary>Whether a technician of the session is connected, or may still come back.</summary>
    internal async Task<bool> HasTechnicianAsync(Guid organization, string root, TimeSpan window, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var since = time.GetUtcNow() - window;
        return await database.Set<SupportSession>().AnyAsync(row => (row.Id == root || row.ParentId == root) && row.Role == SupportSession.TechnicianRole &&
            (row.EndedAt == null || (row.EndedAt > since && row.Outcome == null && (row.EndReason == null || row.EndReason == ConnectionLost))), cancellation);
    }

    /// <summary>Writes down that the customer agreed to one more participant, and that there is a nameplate for it.</summary>
    internal async Task NoteInvitedAsync(SupportSession run, ParticipantRole role, string nameplate, CancellationToken cancellation)
    {
        await using var database = source.Open(run.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var details = $"{(role is ParticipantRole.Relative ? SupportSession.RelativeRole : SupportSession.TechnicianRole)}, nameplate {nameplate}";
        await audit.RecordAsync(database, new AuditEntry("customer", "session.invited", run.Root, AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The technician's page says that the handshake succeeded; false when the run is not his or was started before.</summary>
    internal async Task<bool> StartAsync(Guid organization, Guid technician, string id, CancellationToken cancellation)
    {
        var started = await ChangeAsync(organization, id, "session.started", session =>
        {
            if (session.TechnicianId != technician || session.Role != SupportSession.TechnicianRole || session.StartedAt is not null || session.EndedAt is not null)
                return null;
            session.StartedAt = time.GetUtcNow();
            return "";
        }, cancellation);
        if (started)
            traces.Started(id);
        return started;
    }

    /// <summary>The technician's page says why it ended; false when the run is not his or the reason is known already.</summary>
    internal Task<bool> ExplainAsync(Guid organization, Guid technician, string id, string reason, CancellationToken cancellation) =>
        ChangeAsync(organization, id, "session.explained", session =>
        {
            if (session.TechnicianId != technician || session.Role != SupportSession.TechnicianRole || session.StartedAt is null || session.EndReason is not (null or ConnectionLost))
                return null;
            session.EndReason = reason;
            return reason;
        }, cancellation);

    /// <summary>Closes the record of a run with what the relay saw.</summary>
    internal Task<bool> EndAsync(Guid organization, string id, RelayOutcome outcome, CancellationToken cancellation)
    {
        traces.Ended(id, outcome);
        return ChangeAsync(organization, id, "session.ended", session =>
        {
            session.EndedAt = time.GetUtcNow();
            // Kept for a report of the host, which there cannot be about a session.
            if (BecameSession(session, time.GetUtcNow()))
                session.TechnicianAddress = null;
            session.BytesFromHost += outcome.BytesFromHost;
            session.BytesFromViewer += outcome.BytesFromViewer;
            session.EndReason ??= outcome.End switch
            {
                RelayEnd.BadMessage or RelayEnd.TooLarge => "protocol-error",
                _ => ConnectionLost,
            };
            return $"relay {outcome.End}, reason {session.EndReason}, bytes from host {outcome.BytesFromHost}, from viewer {outcome.BytesFromViewer}";
        }, cancellation);
    }

    /// <summary>
    /// The record of a run that may be resumed, and how long it may still wait: it runs, or lost its connection at most
    /// <paramref name="window"/> ago, and nobody has said why it ended. Null when there is none.
    /// </summary>
    internal async Task<(SupportSession Session, TimeSpan Left)?> FindInterruptedAsync(
        Guid organization, string id, TimeSpan window, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var session = await database.Set<SupportSession>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (session is null || !IsInterrupted(session))
            return null;
        var now = time.GetUtcNow();
        var left = (session.EndedAt ?? now) + window - now;
        return left > TimeSpan.Zero ? (session, left) : null;
    }

    /// <summary>Both sides of an interrupted run are back: its record goes on. False when it has been closed for good meanwhile.</summary>
    internal async Task<bool> ReopenAsync(Guid organization, string id, CancellationToken cancellation)
    {
        var reopened = await ChangeAsync(organization, id, "session.resumed", session =>
        {
            if (!IsInterrupted(session))
                return null;
            (session.EndedAt, session.EndReason) = (null, null);
            return "";
        }, cancellation);
        if (reopened)
            traces.Resumed(id);
        return reopened;
    }

    private static bool IsInterrupted(SupportSession session) => session is { Outcome: null, EndReason: null or ConnectionLost };

    /// <summary>
    /// Takes the report of a host on its last run, once, while that run is open or ended at most
    /// <see cref="ReportWait"/> ago, and not on a session (<see cref="BecameSession"/>). Gives the technician of that
    /// run and where he came from, or null when there is nothing to report on.
    /// </summary>
    internal async Task<(Guid Technician, string Address)?> ReportAsync(Guid organization, string leaseHash, RunOutcome outcome, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        // Of runs that were paired at the same moment by the clock, those that were reported on are the earlier ones.
        var session = await database.Set<SupportSession>().Where(row => row.LeaseHash == leaseHash)
            .OrderByDescending(row => row.PairedAt).ThenByDescending(row => row.Outcome == null).FirstOrDefaultAsync(cancellation);
        var now = time.GetUtcNow();
        if (session is not { Outcome: null } || now - (session.EndedAt ?? now) > ReportWait || BecameSession(session, now))
            return null;
        session.Outcome = outcome switch
        {
            RunOutcome.WrongCode => "wrong-code",
            RunOutcome.BrokenOff => "broken-off",
            RunOutcome.Declined => "declined",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
        var address = session.TechnicianAddress ?? "";
        session.TechnicianAddress = null;
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(database, session, "session.failed", session.Outcome, cancellation);
        await transaction.CommitAsync(cancellation);
        traces.Failed(session.Outcome);
        return (session.TechnicianId, address);
    }

    /// <summary>Closes what a crash of the server left open. Called before anything listens.</summary>
    internal async Task CloseAbandonedAsync(CancellationToken cancellation)
    {
        await using var database = source.OpenForEvery();
        var now = time.GetUtcNow();
        var open = await database.Set<SupportSession>().OfEveryOrganization().Where(row => row.EndedAt == null && row.Role == SupportSession.TechnicianRole)
            .Select(row => new { row.OrganizationId, row.Id }).ToListAsync(cancellation);
        await database.Set<SupportSession>().OfEveryOrganization().Where(row => row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndReason, row => row.EndReason ?? ConnectionLost), cancellation);
        foreach (var one in open)
        {
            await using var own = source.Open(one.OrganizationId);
            await using var transaction = await own.Database.BeginTransactionAsync(cancellation);
            await news.EndedAsync(own, await own.Set<SupportSession>().AsNoTracking().SingleAsync(row => row.Id == one.Id, cancellation), cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>
    /// True when the technician's page reported the start and the run lasted longer than any handshake. Its word alone
    /// is not enough: who guesses codes could say it to escape the count, but cannot keep the host's connection open.
    /// </summary>
    private static bool BecameSession(SupportSession session, DateTimeOffset now) =>
        session.StartedAt is not null && (session.EndedAt ?? now) - session.PairedAt > DirectoryTimes.LongestHandshake;

    private static async Task<bool> IsToPublishedTextsAsync(ServerDatabase database, ConsentRecord record, CancellationToken cancellation)
    {
        if (record.TermsId != TermsShelf.TermsId || record.Ticks != (ConsentTicks.Terms | ConsentTicks.Licence))
            return false;
        var hashes = await database.Set<TermsText>().Where(row => row.Version == record.TermsVersion && row.Language == record.Language)
            .ToDictionaryAsync(row => row.Kind, row => row.Sha256, cancellation);
        return hashes.GetValueOrDefault(TermsText.Terms) == Convert.ToHexStringLower(record.TermsHash.Span)
            && hashes.GetValueOrDefault(TermsText.Licence) == Convert.ToHexStringLower(record.LicenceHash.Span);
    }

    private async Task<bool> ChangeAsync(Guid organization, string id, string action, Func<SupportSession, string?> change, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var session = await database.Set<SupportSession>().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (session is null || change(session) is not { } details)
            return false;
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(database, session, action, details, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task RecordAsync(ServerDatabase database, SupportSession session, string action, string details, CancellationToken cancellation)
    {
        var actor = session.Role == SupportSession.RelativeRole ? SupportSession.RelativeRole : session.TechnicianId.ToString();
        await audit.RecordAsync(database, new AuditEntry(actor, action, session.Id, AuditEntry.Done, details), cancellation);
        await news.TellAsync(database, session, action, cancellation);
    }

    private static DateTimeOffset TimeOf(ConsentRecord record)
    {
        var latest = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(record.Time, latest));
    }
}
