using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Words that somebody's name got into, in the details of audit events. By rule there are none; erasing takes the details and
/// leaves the chain whole (<see cref="AuditRedaction"/>). Events from before commitments cannot lose theirs.
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
            var (typed, lower) = TextSearch.Patterns(AuditText.Escape(word, AuditLog.MaximumDetails));
            var lines = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Time >= days.From && row.Time < days.Until)
                .Where(row => EF.Functions.Like(row.Details, typed, TextSearch.Escape) || EF.Functions.Like(row.Details.ToLower(), lower, TextSearch.Escape))
                .OrderBy(row => row.Seq).Take(MostTraces).ToListAsync(cancellation);
            foreach (var line in lines)
                found[line.Seq] = new PersonTrace(Kind, line.Seq.ToString(CultureInfo.InvariantCulture), line.Time, Short($"{line.Action} · {line.Details}"), line.Salt is not null);
        }

        return [.. found.Values.Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var numbers = Numbers(keys);
        var lines = await database.Set<AuditEvent>().AsNoTracking().Where(row => numbers.Contains(row.Seq)).OrderBy(row => row.Seq).ToListAsync(cancellation);
        return [.. lines.Select(line => (IReadOnlyList<KeyValuePair<string, string>>)
        [
            Field("event", line.Seq.ToString(CultureInfo.InvariantCulture)), Field("time", Time(line.Time)), Field("action", line.Action), Field("details", line.Details),
        ])];
    }

    /// <summary>The caller takes the details away by <see cref="AuditRedaction"/>, which has to write its own event.</summary>
    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation) => Task.FromResult(0);

    internal static List<long> Numbers(IReadOnlyCollection<string> keys) =>
        [.. keys.Where(key => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(key => long.Parse(key, CultureInfo.InvariantCulture))];
}
