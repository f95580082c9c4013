using Microsoft.EntityFrameworkCore;
using Nabij.Server.Invitations;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Customers who were sent a link. Erasing deletes the invitation, and its link is over.</summary>
internal sealed class InvitationTraces : PersonTable
{
    internal override string Kind => "invitation";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, PersonTrace>();
        foreach (var word in query.Words)
        {
            var rows = await database.Set<CustomerInvitation>().AsNoTracking().Where(row => row.CreatedAt >= days.From && row.CreatedAt < days.Until)
                .WhereTextHolds(word, row => row.CustomerName, row => row.Message, row => row.Ticket)
                .OrderByDescending(row => row.CreatedAt).Take(MostTraces).ToListAsync(cancellation);
            foreach (var row in rows)
                found[row.Id] = new PersonTrace(Kind, row.Id.ToString("N"), row.CreatedAt, Short($"{row.CustomerName} · {row.Ticket} · {row.Message}"));
        }

        return [.. found.Values.OrderByDescending(trace => trace.At).Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        var rows = await database.Set<CustomerInvitation>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return [.. rows.Select(row => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("invitation", row.Id.ToString()), Field("name", row.CustomerName), Field("message", row.Message), Field("ticket", row.Ticket), Field("language", row.Language),
            Field("made", Time(row.CreatedAt)), Field("until", Time(row.ExpiresAt)), Field("opened", Time(row.OpenedAt)), Field("accepted", Time(row.AcceptedAt)),
        ])];
    }

    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        return database.Set<CustomerInvitation>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellation);
    }
}
