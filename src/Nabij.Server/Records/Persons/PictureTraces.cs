using Microsoft.EntityFrameworkCore;
using Nabij.Server.Pictures;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Pictures of customers' screens. They are sealed, so they are found by their sessions, never by what is on them; what is
/// handed out says where they are opened. Erasing deletes them.
/// </summary>
internal sealed class PictureTraces : PersonTable
{
    private static readonly SessionTraces Sessions = new();

    internal override string Kind => "picture";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var sessions = (await Sessions.FindAsync(database, query, days, cancellation)).ToDictionary(trace => trace.Key, trace => trace.Words);
        var found = await PictureLine.Of(database.Set<KeptPicture>().Where(row => sessions.Keys.Contains(row.SessionId))).Take(MostTraces).ToListAsync(cancellation);
        return [.. found.Select(one => new PersonTrace(Kind, one.Id.ToString("N"), one.KeptAt, sessions[one.SessionId]))];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        var found = await PictureLine.Of(database.Set<KeptPicture>().Where(row => ids.Contains(row.Id))).ToListAsync(cancellation);
        return [.. found.Select(one => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("picture", one.Id.ToString()), Field("session", one.SessionId), Field("kept", Time(one.KeptAt)), Field("bytes", Number(one.Bytes)),
            Field("content", "sealed; it is opened, and saved as PNG, on the page of the session"),
        ])];
    }

    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        return database.Set<KeptPicture>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
