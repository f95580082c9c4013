using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Organizations;
using Nabij.Server.Pictures;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Reads one session with everything that hangs on it: the runs of all who took part, with their notes and times. Who took part
/// sees the whole session. Scoped to a request of the organization.
/// </summary>
internal sealed class SessionReader(RecordsDoor door, ServerDatabase database, TimeProvider clock)
{
    /// <summary>Events of one session on its page; a session has a handful, and two for each lost connection.</summary>
    private const int MostEvents = 200;

    /// <summary>Runs of one session: at most three go on at a time, but people come and go.</summary>
    private const int MostRuns = 100;

    /// <param name="asker">Who wants to see it.</param>
    /// <param name="id">Of the session, or of the run of somebody who joined it.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <returns>Null when there is none that this person may see.</returns>
    internal async Task<SessionRecordView?> FindAsync(RecordsAsker asker, string id, CancellationToken cancellation)
    {
        if (await door.WholeSessions(asker).SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } seen)
            return null;
        var root = seen.Root;
        var runs = await database.Set<SessionLine>().AsNoTracking().Where(row => row.Id == root || row.ParentId == root)
            .OrderBy(row => row.PairedAt).ThenBy(row => row.Id).Take(MostRuns).ToListAsync(cancellation);
        var ids = runs.ConvertAll(row => row.Id);
        var session = new WholeSession(runs);
        var names = await door.ActorsAsync(cancellation);
        var consent = await database.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(row => row.RecordHash == session.First.ConsentHash, cancellation);
        var events = await database.Set<AuditEvent>().AsNoTracking().Where(row => ids.Contains(row.Object)).OrderBy(row => row.Seq).Take(MostEvents).ToListAsync(cancellation);
        var times = await database.Set<SessionTime>().AsNoTracking().Where(row => ids.Contains(row.SessionId)).ToListAsync(cancellation);
        return new SessionRecordView
        {
            Row = session.Row((asker.Page.Texts, asker.Time), names),
            Nameplate = session.First.Nameplate,
            Language = session.First.Language,
            Program = session.First.Program,
            Started = Words(session.First.StartedAt, asker.Time),
            Ended = Words(session.EndedAt, asker.Time),
            Waited = SessionWords.Length(session.First.WaitedMs is { } waited ? TimeSpan.FromMilliseconds(waited) : null),
            FromCustomer = SessionWords.Bytes(runs.Sum(run => run.BytesFromHost)),
            ToCustomer = SessionWords.Bytes(runs.Sum(run => run.BytesFromViewer)),
            Consent = consent is null ? null : ConsentView.Of(consent, asker.Time),
            Events = [.. events.Select(one => AuditRow.Of(one, asker.Time, names))],
            People = runs.Count == 1 ? [] : [.. runs.Select(run => Person(run, asker, names, Worked(times.Where(time => time.SessionId == run.Id))))],
            Notes = await NotesAsync(asker, ids, names, cancellation),
            Pictures = await PicturesAsync(asker, runs, names, cancellation),
            Worked = Worked(times),
            Now = asker.Time.Words(clock.GetUtcNow()),
        };
    }

    private static SessionPerson Person(SessionLine run, RecordsAsker asker, IReadOnlyDictionary<Guid, string> names, string worked)
    {
        var row = SessionWords.Row(run, (asker.Page.Texts, asker.Time), names);
        return new SessionPerson(row.Technician, row.When, Words(run.EndedAt, asker.Time), row.Duration, worked, row.End);
    }

    private async Task<IReadOnlyList<NoteView>> NotesAsync(RecordsAsker asker, List<string> ids, IReadOnlyDictionary<Guid, string> names, CancellationToken cancellation)
    {
        var notes = await database.Set<SessionNote>().AsNoTracking().Where(row => ids.Contains(row.SessionId) && row.Text != "").OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return [.. notes.Select(note => new NoteView(
            asker.Time.Words(note.ChangedAt), names.GetValueOrDefault(note.TechnicianId, ""), note.Text == NoteTraces.Erased ? asker.Page.Texts["audit.redacted"] : note.Text))];
    }

    private async Task<PicturesView> PicturesAsync(RecordsAsker asker, List<SessionLine> runs, IReadOnlyDictionary<Guid, string> names, CancellationToken cancellation)
    {
        var ids = runs.ConvertAll(run => run.Id);
        var found = await PictureLine.Of(database.Set<KeptPicture>().Where(row => ids.Contains(row.SessionId))).ToListAsync(cancellation);
        var closed = (clock.GetUtcNow() - SessionNotes.OpenFor).ToUnixTimeMilliseconds();
        var open = runs.Where(run => run.TechnicianId == asker.Who.AccountId && !(run.EndedAt < closed)).Select(run => run.Id).ToHashSet();
        var removesAll = asker.IsOne(Role.Owner, Role.Admin);
        return new PicturesView
        {
            Organization = asker.Who.OrganizationId.ToString("N"), Session = runs[0].Root, SignIn = asker.Who.SignInId,
            Lines = [.. found.Select(one => new PicturesView.Line(
                one.Id, one.SessionId, one.TechnicianId.ToString("N"), one.KeyId, names.GetValueOrDefault(one.TechnicianId, ""), asker.Time.Words(one.KeptAt),
                removesAll || (one.TechnicianId == asker.Who.AccountId && open.Contains(one.SessionId))))],
        };
    }

    private static string Worked(IEnumerable<SessionTime> times) =>
        times.ToList() is { Count: > 0 } noted ? SessionWords.Length(TimeSpan.FromSeconds(noted.Sum(time => time.WorkedSeconds))) : "";

    private static string Words(long? milliseconds, OrganizationTime time) => milliseconds is { } at ? time.Words(DateTimeOffset.FromUnixTimeMilliseconds(at)) : "";
}
