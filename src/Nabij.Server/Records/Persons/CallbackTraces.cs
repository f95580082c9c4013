using Microsoft.EntityFrameworkCore;
using Nabij.Server.Callbacks;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Customers who asked to be called back. Erasing deletes the request.</summary>
internal sealed class CallbackTraces : PersonTable
{
    internal override string Kind => "callback";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, PersonTrace>();
        foreach (var word in query.Words)
        {
            var rows = await database.Set<CallbackRequest>().AsNoTracking().Where(row => row.AskedAt >= days.From && row.AskedAt < days.Until)
                .WhereTextHolds(word, row => row.Name, row => row.Email, row => row.Phone, row => row.Problem)
                .OrderByDescending(row => row.AskedAt).Take(MostTraces).ToListAsync(cancellation);
            foreach (var row in rows)
                found[row.Id] = new PersonTrace(Kind, row.Id.ToString("N"), row.AskedAt, Short($"{row.Name} · {row.Phone} · {row.Email} · {row.Problem}"));
        }

        return [.. found.Values.OrderByDescending(trace => trace.At).Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        var rows = await database.Set<CallbackRequest>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.AskedAt).ToListAsync(cancellation);
        return [.. rows.Select(row => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("request", row.Id.ToString()), Field("name", row.Name), Field("phone", row.Phone), Field("email", row.Email), Field("problem", row.Problem),
            Field("language", row.Language), Field("consent", row.Consent), Field("asked", Time(row.AskedAt)), Field("state", row.State), Field("handled", Time(row.HandledAt)),
        ])];
    }

    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        return database.Set<CallbackRequest>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }
}
