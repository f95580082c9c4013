using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Desk.Notes;

/// <summary>
/// Keeps what technicians write about their own sessions and how long they worked in them. Only whose session it is writes,
/// and only until <see cref="OpenFor"/> after its end. The audit chain has that a note was written and that a time was
/// corrected, never what a note says. Thread-safe.
/// </summary>
internal sealed class SessionNotes(DatabaseSource source, AuditLog audit, TimeProvider time)
{
    /// <summary>How long after a session its note and time may still be changed.</summary>
    internal static readonly TimeSpan OpenFor = TimeSpan.FromDays(7);

    /// <summary>The page counts by its own clock, and tells it a little later than it was.</summary>
    internal static readonly TimeSpan CountSlack = TimeSpan.FromMinutes(2);

    /// <summary>A longer working time in one session is a mistake.</summary>
    internal static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private const int RecentShown = 30;

    internal async Task<NoteAnswer?> FindAsync(SignedIn who, string id, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        if (await SessionAsync(database, who, id, cancellation) is null)
            return null;
        var note = await NoteAsync(database, who, id, cancellation);
        var worked = await TimeAsync(database, who, id, cancellation);
        return new NoteAnswer(note?.Text ?? "", note?.Revision ?? 0, worked?.CountedSeconds ?? 0, worked?.CorrectedSeconds);
    }

    internal async Task<IReadOnlyList<RecentSessions.Line>> RecentAsync(SignedIn who, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        var now = time.GetUtcNow();
        var since = now - OpenFor;
        var sessions = await database.Set<SupportSession>().AsNoTracking()
            .Where(row => row.TechnicianId == who.AccountId && row.StartedAt != null && row.PairedAt > since)
            .OrderByDescending(row => row.PairedAt).Take(RecentShown).ToListAsync(cancellation);
        var ids = sessions.ConvertAll(row => row.Id);
        var noted = await database.Set<SessionNote>().Where(row => row.TechnicianId == who.AccountId && ids.Contains(row.SessionId) && row.Text != "")
            .Select(row => row.SessionId).ToListAsync(cancellation);
        var times = await database.Set<SessionTime>().AsNoTracking().Where(row => row.TechnicianId == who.AccountId && ids.Contains(row.SessionId))
            .ToDictionaryAsync(row => row.SessionId, row => row.WorkedSeconds, cancellation);
        return sessions.ConvertAll(row => new RecentSessions.Line(
            row.Id, row.CustomerName, row.Platform, Seconds(now - row.StartedAt!.Value), Seconds((row.EndedAt ?? now) - row.StartedAt.Value),
            noted.Contains(row.Id), times.TryGetValue(row.Id, out var worked) ? worked : null));
    }

    /// <summary>Saves a note. The revision is null, with the reason, when it was not saved.</summary>
    internal async Task<(long? Revision, NoteRefusal Refusal)> SaveAsync(SignedIn who, string id, (string Text, long Revision) draft, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await WhyNotAsync(database, who, id, cancellation) is { } refusal)
            return (null, refusal);
        var note = await NoteAsync(database, who, id, cancellation);
        if ((note?.Revision ?? 0) != draft.Revision)
            return note?.Text == draft.Text ? (note.Revision, NoteRefusal.None) : (null, NoteRefusal.Changed);
        var now = time.GetUtcNow();
        if (note is null)
        {
            note = new SessionNote { OrganizationId = who.OrganizationId, SessionId = id, TechnicianId = who.AccountId, Text = "", Revision = 0, CreatedAt = now, ChangedAt = now };
            database.Add(note);
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "note.written", id, AuditEntry.Done), cancellation);
        }

        (note.Text, note.Revision, note.ChangedAt) = (draft.Text, note.Revision + 1, now);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (note.Revision, NoteRefusal.None);
    }

    /// <summary>Saves the time worked, with the organization's unit of today.</summary>
    internal async Task<NoteRefusal> SaveTimeAsync(SignedIn who, string id, (long Counted, long? Corrected) given, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await WhyNotAsync(database, who, id, cancellation) is { } refusal)
            return refusal;
        var session = await SessionAsync(database, who, id, cancellation);
        var now = time.GetUtcNow();
        if (session?.StartedAt is not { } began || given.Counted > Seconds((session.EndedAt ?? now) - began + CountSlack))
            return NoteRefusal.TooLong;
        var organization = await database.Set<Organization>().AsNoTracking().SingleAsync(row => row.Id == who.OrganizationId, cancellation);
        var row = await TimeAsync(database, who, id, cancellation);
        var before = row?.CorrectedSeconds;
        if (row is null)
        {
            row = new SessionTime
            {
                OrganizationId = who.OrganizationId, SessionId = id, TechnicianId = who.AccountId, CountedSeconds = 0, CorrectedSeconds = null,
                UnitMinutes = 0, Rounding = WorkUnit.Up, ChangedAt = now,
            };
            database.Add(row);
        }

        // Of two pages that count the same session the longer count is the true one.
        (row.CountedSeconds, row.CorrectedSeconds) = (Math.Max(row.CountedSeconds, given.Counted), given.Corrected);
        (row.UnitMinutes, row.Rounding, row.ChangedAt) = (organization.WorkUnitMinutes, organization.WorkRounding, now);
        await database.SaveChangesAsync(cancellation);
        if (before != given.Corrected)
        {
            var details = $"counted {row.CountedSeconds} s, corrected {(given.Corrected is { } seconds ? $"to {seconds} s" : "no more")}";
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "time.corrected", id, AuditEntry.Done, details), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return NoteRefusal.None;
    }

    private async Task<NoteRefusal?> WhyNotAsync(ServerDatabase database, SignedIn who, string id, CancellationToken cancellation)
    {
        var session = await SessionAsync(database, who, id, cancellation);
        if (session is null)
            return NoteRefusal.Unknown;
        return session.EndedAt is { } ended && time.GetUtcNow() > ended + OpenFor ? NoteRefusal.Closed : null;
    }

    private static Task<SupportSession?> SessionAsync(ServerDatabase database, SignedIn who, string id, CancellationToken cancellation) =>
        database.Set<SupportSession>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.TechnicianId == who.AccountId && row.StartedAt != null, cancellation);

    private static Task<SessionNote?> NoteAsync(ServerDatabase database, SignedIn who, string id, CancellationToken cancellation) =>
        database.Set<SessionNote>().SingleOrDefaultAsync(row => row.SessionId == id && row.TechnicianId == who.AccountId, cancellation);

    private static Task<SessionTime?> TimeAsync(ServerDatabase database, SignedIn who, string id, CancellationToken cancellation) =>
        database.Set<SessionTime>().SingleOrDefaultAsync(row => row.SessionId == id && row.TechnicianId == who.AccountId, cancellation);

    private static long Seconds(TimeSpan span) => Math.Max(0, (long)span.TotalSeconds);
}
