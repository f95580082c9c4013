using Microsoft.EntityFrameworkCore;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>What technicians wrote about a session. Erasing empties the note; that there was one stays.</summary>
internal sealed class NoteTraces : PersonTable
{
    internal const string Erased = "[erased]";

    private const char Separator = '.';

    internal override string Kind => "note";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<(string, Guid), PersonTrace>();
        foreach (var word in query.Words)
        {
            var notes = await database.Set<SessionNote>().AsNoTracking().Where(row => row.CreatedAt >= days.From && row.CreatedAt < days.Until)
                .WhereTextHolds(word, row => row.Text)
                .OrderByDescending(row => row.CreatedAt).Take(MostTraces).ToListAsync(cancellation);
            foreach (var note in notes)
                found[(note.SessionId, note.TechnicianId)] = new PersonTrace(Kind, $"{note.SessionId}{Separator}{note.TechnicianId:N}", note.CreatedAt, Short(note.Text));
        }

        return [.. found.Values.OrderByDescending(trace => trace.At).Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var notes = await TickedAsync(database, keys, cancellation);
        return [.. notes.Select(note => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("session", note.SessionId), Field("written", Time(note.CreatedAt)), Field("changed", Time(note.ChangedAt)), Field("text", note.Text),
        ])];
    }

    internal override async Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var notes = await TickedAsync(database, keys, cancellation);
        foreach (var note in notes)
            // A page that has the note open must not put the old text back.
            (note.Text, note.ChangedAt, note.Revision) = (Erased, now, note.Revision + 1);
        await database.SaveChangesAsync(cancellation);
        return notes.Count;
    }

    private static async Task<List<SessionNote>> TickedAsync(ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var pairs = keys.Select(key => key.Split(Separator)).Where(pair => pair.Length == 2 && Guid.TryParseExact(pair[1], "N", out _))
            .Select(pair => (Session: pair[0], Technician: Guid.ParseExact(pair[1], "N"))).ToHashSet();
        var sessions = pairs.Select(pair => pair.Session).ToList();
        var notes = await database.Set<SessionNote>().Where(row => sessions.Contains(row.SessionId)).ToListAsync(cancellation);
        return [.. notes.Where(note => pairs.Contains((note.SessionId, note.TechnicianId)))];
    }
}
