using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Adds up the sessions of some days in one pass over them; holds a line per bar and per technician, and of sessions with
/// several technicians when they ended. Whom the figures are for, people or programs, is not its business.
/// </summary>
internal sealed class StatisticsReader(ServerDatabase database)
{
    internal async Task<StatisticsSums> ReadAsync(OrganizationTime time, StatisticsFilter filter, CancellationToken cancellation)
    {
        var byTime = filter.Bars().ToDictionary(bar => bar, _ => StatisticsLine.None);
        var byTechnician = new Dictionary<Guid, StatisticsLine>();
        var sum = StatisticsLine.None;
        var (from, until) = filter.Days.Bounds(time);
        var runs = database.Set<SessionLine>().AsNoTracking().Where(row => row.Role != SessionWords.Relative);
        var roots = runs.Where(row => row.PairedAt >= from && row.PairedAt < until && row.ParentId == null);
        var joined = (await runs.Where(row => row.ParentId != null && row.StartedAt != null && roots.Any(root => root.Id == row.ParentId)).ToListAsync(cancellation)).ToLookup(row => row.Root);
        await foreach (var root in roots.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var whole = LengthOf(root, joined[root.Id]);
            var bar = filter.Begin(DateOnly.FromDateTime(time.Local(root.Paired).DateTime));
            sum = sum.With(root, whole);
            byTime[bar] = byTime.GetValueOrDefault(bar, StatisticsLine.None).With(root, whole);
            byTechnician[root.TechnicianId] = byTechnician.GetValueOrDefault(root.TechnicianId, StatisticsLine.None).With(root, root.Duration);
            // Who joined a session of somebody else spends time in it, but makes no second session.
            foreach (var part in joined[root.Id])
                byTechnician[part.TechnicianId] = byTechnician.GetValueOrDefault(part.TechnicianId, StatisticsLine.None).WithPart(part);
        }

        return new StatisticsSums(sum, [.. byTime.OrderBy(one => one.Key).Select(one => (one.Key, one.Value))], [.. byTechnician.Select(one => (one.Key, one.Value))]);
    }

    /// <summary>From its begin until its last technician left; null while one is there, or when it never was a session.</summary>
    private static TimeSpan? LengthOf(SessionLine root, IEnumerable<SessionLine> joined)
    {
        var ends = joined.Prepend(root).Select(run => run.EndedAt).ToList();
        return ends.Contains(null) ? null : SessionLine.Between(root.StartedAt, ends.Max());
    }
}

/// <summary>Figures over a time.</summary>
/// <param name="Sum">Of all.</param>
/// <param name="ByTime">By the first day of each bar, in order.</param>
/// <param name="ByTechnician">By account, in no order.</param>
internal sealed record StatisticsSums(StatisticsLine Sum, IReadOnlyList<(DateOnly Bar, StatisticsLine Line)> ByTime, IReadOnlyList<(Guid Technician, StatisticsLine Line)> ByTechnician);
