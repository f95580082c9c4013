using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Adds up the sessions of some days in one pass over them; holds a line per bar and per technician, never the sessions.</summary>
internal sealed class StatisticsReader(ServerDatabase database, RecordsDoor door)
{
    internal async Task<StatisticsView> ReadAsync(RecordsAsker asker, StatisticsFilter filter, KeptQuery kept, CancellationToken cancellation)
    {
        var byTime = filter.Bars().ToDictionary(bar => bar, bar => StatisticsLine.None with { Name = Name(filter, bar) });
        var byTechnician = new Dictionary<Guid, StatisticsLine>();
        var sum = StatisticsLine.None;
        var (from, until) = filter.Days.Bounds(asker.Time);
        var lines = database.Set<SessionLine>().AsNoTracking().Where(row => row.PairedAt >= from && row.PairedAt < until && row.Role != SessionWords.Relative);
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var bar = filter.Begin(DateOnly.FromDateTime(asker.Time.Local(line.Paired).DateTime));
            var own = byTechnician.GetValueOrDefault(line.TechnicianId, StatisticsLine.None);
            // Who joined a session of somebody else has a run, and spends time in it, but makes no second session.
            byTechnician[line.TechnicianId] = line.ParentId is null ? own.With(line) : own.WithPart(line);
            if (line.ParentId is not null)
                continue;
            sum = sum.With(line);
            byTime[bar] = byTime.GetValueOrDefault(bar, StatisticsLine.None with { Name = Name(filter, bar) }).With(line);
        }

        var names = await door.NamesAsync(cancellation);
        return new StatisticsView
        {
            Filter = filter,
            Sum = sum,
            ByTime = [.. byTime.OrderBy(one => one.Key).Select(one => one.Value)],
            ByTechnician = [.. byTechnician.Select(one => one.Value with { Name = names.GetValueOrDefault(one.Key, "") }).OrderByDescending(one => one.Sessions).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase)],
            Kept = kept,
        };
    }

    private static string Name(StatisticsFilter filter, DateOnly bar) =>
        bar.ToString(filter.Step == StatisticsFilter.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
