using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Records;

/// <summary>
/// Messages to other programs, whose bodies tell of sessions and customers. Erasing deletes the message; who received it
/// before has to be asked by the organization, which the page says.
/// </summary>
internal sealed class WebhookTraces : PersonTable
{
    internal override string Kind => "webhook";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, PersonTrace>();
        foreach (var word in query.Words)
        {
            // As the body has it: letters beyond ASCII are escaped there.
            var (typed, lower) = TextSearch.Patterns(JsonEncodedText.Encode(word).ToString());
            var rows = await database.Set<WebhookDelivery>().AsNoTracking().Where(row => row.CreatedAt >= days.From && row.CreatedAt < days.Until)
                .Where(row => EF.Functions.Like(row.Body, typed, TextSearch.Escape) || EF.Functions.Like(row.Body.ToLower(), lower, TextSearch.Escape))
                .OrderByDescending(row => row.CreatedAt).Take(MostTraces).ToListAsync(cancellation);
            foreach (var row in rows)
                found[row.Id] = new PersonTrace(Kind, row.Id.ToString("N"), row.CreatedAt, Short($"{row.Event} · {row.Body}"));
        }

        return [.. found.Values.OrderByDescending(trace => trace.At).Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        var rows = await database.Set<WebhookDelivery>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return [.. rows.Select(row => (IReadOnlyList<KeyValuePair<string, string>>)[Field("message", row.Id.ToString()), Field("event", row.Event), Field("time", Time(row.CreatedAt)), Field("body", row.Body)])];
    }

    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        return database.Set<WebhookDelivery>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }
}
