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
    private const int MostLookedAt = 10 * MostTraces;

    internal override string Kind => "webhook";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, PersonTrace>();
        foreach (var word in query.Words)
        {
            // In the body letters beyond ASCII stand as numbers, which know no case: what may be such a letter is looked at here.
            var pattern = $"%{string.Concat(word.Select(InBody))}%".ToLowerInvariant();
            var rows = await database.Set<WebhookDelivery>().AsNoTracking().Where(row => row.CreatedAt >= days.From && row.CreatedAt < days.Until)
                .Where(row => EF.Functions.Like(row.Body.ToLower(), pattern, TextSearch.Escape))
                .OrderByDescending(row => row.CreatedAt).Take(MostLookedAt).ToListAsync(cancellation);
            rows.RemoveAll(row => !Holds(row.Body, word));
            foreach (var row in rows)
                found[row.Id] = new PersonTrace(Kind, row.Id.ToString("N"), row.CreatedAt, Short($"{row.Event} · {row.Body}"));
        }

        return [.. found.Values.OrderByDescending(trace => trace.At).Take(MostTraces)];
    }

    private static string InBody(char letter) => char.IsAscii(letter)
        ? TextSearch.Plain(JsonEncodedText.Encode(letter.ToString()).ToString())
        : TextSearch.Plain("\\u") + "____";

    private static bool Holds(string body, string word)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Holds(json.RootElement, word);
        }
        catch (JsonException)
        {
            return body.Contains(word, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool Holds(JsonElement part, string word) => part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().Any(member => Holds(member.Value, word)),
        JsonValueKind.Array => part.EnumerateArray().Any(one => Holds(one, word)),
        JsonValueKind.String => (part.GetString() ?? "").Contains(word, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

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
