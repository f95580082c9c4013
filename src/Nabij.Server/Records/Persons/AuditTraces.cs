using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Words that somebody's name got into, in the details of audit events. By rule there are none; erasing takes the details and
/// leaves the chain whole (<see cref="AuditRedaction"/>). Only events about customers are looked at, whoever asks. Events from before commitments cannot lose theirs.
/// </summary>
internal sealed class AuditTraces : PersonTable
{
    internal override string Kind => "audit";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new SortedDictionary<long, PersonTrace>();
        foreach (var word in query.Words)
        {
            foreach (var line in await Holding(database, word, days).OrderBy(row => row.Seq).Take(MostTraces).ToListAsync(cancellation))
                found[line.Seq] = new PersonTrace(Kind, line.Seq.ToString(CultureInfo.InvariantCulture), line.Time, Short($"{line.Action} · {line.Details}"), line.Salt is not null);
        }

        return [.. found.Values.Take(MostTraces)];
    }

    /// <summary>Events are not for everybody who looks for a person: what was ticked counts only where the search finds it.</summary>
    internal override async Task<IReadOnlyCollection<string>> FoundAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var (numbers, found) = (Numbers(keys), new SortedSet<long>());
        foreach (var word in query.Words)
            found.UnionWith(await Holding(database, word, days).Where(row => numbers.Contains(row.Seq)).Select(row => row.Seq).ToListAsync(cancellation));
        return [.. found.Select(seq => seq.ToString(CultureInfo.InvariantCulture))];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var numbers = Numbers(keys);
        var lines = await database.Set<AuditEvent>().AsNoTracking().Where(AuditRedaction.IsAboutCustomers).Where(row => numbers.Contains(row.Seq)).OrderBy(row => row.Seq).ToListAsync(cancellation);
        return [.. lines.Select(line => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("event", line.Seq.ToString(CultureInfo.InvariantCulture)), Field("time", Time(line.Time)), Field("action", line.Action), Field("details", line.Details),
        ])];
    }

    /// <summary>The caller takes the details away by <see cref="AuditRedaction"/>, which has to write its own event.</summary>
    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation) => Task.FromResult(0);

    internal static List<long> Numbers(IReadOnlyCollection<string> keys) =>
        [.. keys.Where(key => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(key => long.Parse(key, CultureInfo.InvariantCulture))];

    private static IQueryable<AuditEvent> Holding(ServerDatabase database, string word, (DateTimeOffset From, DateTimeOffset Until) days) =>
        database.Set<AuditEvent>().AsNoTracking().Where(AuditRedaction.IsAboutCustomers).Where(row => row.Time >= days.From && row.Time < days.Until)
            .WhereTextHolds(AuditText.Escape(word, AuditLog.MaximumDetails), row => row.Details);
}
