using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Organizations;
using Nabij.Server.Pictures;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Reads one session with everything that hangs on it. Scoped to a request of the organization.</summary>
internal sealed class SessionReader(RecordsDoor door, ServerDatabase database, TimeProvider clock)
{
    /// <summary>Events of one session on its page; a session has a handful, and two for each lost connection.</summary>
    private const int MostEvents = 200;

    /// <returns>Null when there is none that this person may see.</returns>
    internal async Task<SessionRecordView?> FindAsync(RecordsAsker asker, string id, CancellationToken cancellation)
    {
        if (await door.Sessions(asker).SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } line)
            return null;
        var names = await door.NamesAsync(cancellation);
        var consent = await database.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(row => row.RecordHash == line.ConsentHash, cancellation);
        var events = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Object == id).OrderBy(row => row.Seq).Take(MostEvents).ToListAsync(cancellation);
        var others = await door.Sessions(asker).Where(row => row.ParentId == id).OrderBy(row => row.PairedAt).ThenBy(row => row.Id).ToListAsync(cancellation);
        return new SessionRecordView
        {
            Joined = line.ParentId is { } root && await door.Sessions(asker).AnyAsync(row => row.Id == root, cancellation) ? root : null,
            Others = [.. others.Select(other => SessionWords.Row(other, (asker.Page.Texts, asker.Time), names))],
            Row = SessionWords.Row(line, (asker.Page.Texts, asker.Time), names),
            Nameplate = line.Nameplate,
            Language = line.Language,
            Program = line.Program,
            Started = Words(line.StartedAt, asker.Time),
            Ended = Words(line.EndedAt, asker.Time),
            Waited = SessionWords.Length(line.WaitedMs is { } waited ? TimeSpan.FromMilliseconds(waited) : null),
            FromCustomer = SessionWords.Bytes(line.BytesFromHost),
            ToCustomer = SessionWords.Bytes(line.BytesFromViewer),
            Consent = consent is null ? null : ConsentView.Of(consent, asker.Time),
            Events = [.. events.Select(one => AuditRow.Of(one, asker.Time, names))],
            Notes = await NotesAsync(asker, id, names, cancellation),
            Pictures = await PicturesAsync(asker, line, names, cancellation),
            Worked = await WorkedAsync(id, cancellation),
            Now = asker.Time.Words(clock.GetUtcNow()),
        };
    }

    private async Task<IReadOnlyList<NoteView>> NotesAsync(RecordsAsker asker, string id, IReadOnlyDictionary<Guid, string> names, CancellationToken cancellation)
    {
        var notes = await database.Set<SessionNote>().AsNoTracking().Where(row => row.SessionId == id && row.Text != "").OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return [.. notes.Select(note => new NoteView(
            asker.Time.Words(note.ChangedAt), names.GetValueOrDefault(note.TechnicianId, ""), note.Text == NoteTraces.Erased ? asker.Page.Texts["audit.redacted"] : note.Text))];
    }

    private async Task<PicturesView> PicturesAsync(RecordsAsker asker, SessionLine line, IReadOnlyDictionary<Guid, string> names, CancellationToken cancellation)
    {
        var found = await PictureLine.Of(database.Set<KeptPicture>().Where(row => row.SessionId == line.Id)).ToListAsync(cancellation);
        var isOpen = line.EndedAt is not { } ended || clock.GetUtcNow() <= DateTimeOffset.FromUnixTimeMilliseconds(ended) + SessionNotes.OpenFor;
        var removesAll = asker.IsOne(Role.Owner, Role.Admin);
        return new PicturesView
        {
            Organization = asker.Who.OrganizationId.ToString("N"), Session = line.Id, SignIn = asker.Who.SignInId,
            Lines = [.. found.Select(one => new PicturesView.Line(
                one.Id.ToString(), one.TechnicianId.ToString("N"), one.KeyId, names.GetValueOrDefault(one.TechnicianId, ""), asker.Time.Words(one.KeptAt),
                removesAll || (isOpen && one.TechnicianId == asker.Who.AccountId)))],
        };
    }

    private async Task<string> WorkedAsync(string id, CancellationToken cancellation)
    {
        var times = await database.Set<SessionTime>().AsNoTracking().Where(row => row.SessionId == id).ToListAsync(cancellation);
        return times.Count == 0 ? "" : SessionWords.Length(TimeSpan.FromSeconds(times.Sum(time => time.WorkedSeconds)));
    }

    private static string Words(long? milliseconds, OrganizationTime time) => milliseconds is { } at ? time.Words(DateTimeOffset.FromUnixTimeMilliseconds(at)) : "";
}
