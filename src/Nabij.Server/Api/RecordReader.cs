using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Api.Answers;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Reads the consent records. Scoped to a request of the organization.</summary>
internal sealed class RecordReader(ServerDatabase database)
{
    internal async Task<RecordAnswer?> FindAsync(string hash, CancellationToken cancellation) =>
        await database.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(row => row.RecordHash == hash, cancellation) is { } row ? Answer(row) : null;

    /// <summary>One page, newest first.</summary>
    internal async Task<RecordList> ListAsync((DateTimeOffset? From, DateTimeOffset? Until, Cursor? After, int Count) filter, CancellationToken cancellation)
    {
        var rows = database.Set<Consent>().AsNoTracking();
        if (filter.From is { } from)
            rows = rows.Where(row => row.ReceivedAt >= from);
        if (filter.Until is { } until)
            rows = rows.Where(row => row.ReceivedAt < until);
        if (filter.After is { } after)
            rows = rows.Where(row => row.ReceivedAt < after.Time || (row.ReceivedAt == after.Time && string.Compare(row.RecordHash, after.Id) < 0));
        var found = await rows.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.RecordHash).Take(filter.Count + 1).ToListAsync(cancellation);
        var page = found.Take(filter.Count).ToList();
        return new RecordList([.. page.Select(Answer)], found.Count > page.Count ? new Cursor(page[^1].ReceivedAt, page[^1].RecordHash).ToString() : null);
    }

    private static RecordAnswer Answer(Consent row) => new(
        row.RecordHash, row.TermsId, row.TermsVersion, row.Language, row.TermsHash, row.LicenceHash,
        ((ConsentTicks)row.Ticks).HasFlag(ConsentTicks.Terms), ((ConsentTicks)row.Ticks).HasFlag(ConsentTicks.Licence), row.Backup, row.AcceptedAt, row.ReceivedAt);
}
