using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api.Answers;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Counts sessions by day and by technician. Holds a few numbers for each, however many sessions there are.</summary>
internal sealed class StatisticsReader(ServerDatabase database)
{
    internal const int MostDays = 366;

    internal async Task<StatisticsAnswer> ReadAsync(Organization organization, (DateOnly From, DateOnly Until) days, CancellationToken cancellation)
    {
        var time = OrganizationTime.Of(organization);
        // A day more at both ends: which day it was is a question of the zone, and is asked of each.
        var (after, before) = (Midnight(days.From.AddDays(-1)), Midnight(days.Until.AddDays(2)));
        var runs = database.Set<SupportSession>().AsNoTracking().Where(row => row.PairedAt >= after && row.PairedAt < before && row.Role != SupportSession.RelativeRole)
            .Select(row => new { row.TechnicianId, IsPart = row.ParentId != null, row.PairedAt, row.StartedAt, row.EndedAt });
        var byDay = new SortedDictionary<DateOnly, Sum>();
        for (var day = days.From; day <= days.Until; day = day.AddDays(1))
            byDay[day] = new Sum();
        var byTechnician = new Dictionary<Guid, Sum>();
        var failed = 0;
        await foreach (var run in runs.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!byDay.TryGetValue(DateOnly.FromDateTime(time.Local(run.PairedAt).DateTime), out var sum))
                continue;
            if (run.StartedAt is not { } started)
            {
                failed += run.EndedAt is null || run.IsPart ? 0 : 1;
                continue;
            }

            var seconds = run.EndedAt is { } ended ? Math.Max(0, (long)(ended - started).TotalSeconds) : 0;
            // Who joined a session spends time in it, but makes no second one.
            var sessions = run.IsPart ? 0 : 1;
            if (!run.IsPart)
                sum.Add(sessions, seconds);
            if (!byTechnician.TryGetValue(run.TechnicianId, out var own))
                byTechnician[run.TechnicianId] = own = new Sum();
            own.Add(sessions, seconds);
        }

        var technicians = await NamedAsync(byTechnician, cancellation);
        return new StatisticsAnswer(
            days.From, days.Until, organization.TimeZone, byDay.Values.Sum(sum => sum.Sessions), failed, byDay.Values.Sum(sum => sum.Seconds), technicians,
            [.. byDay.Select(day => new DayCount(day.Key, day.Value.Sessions, day.Value.Seconds))]);
    }

    private async Task<IReadOnlyList<TechnicianCount>> NamedAsync(Dictionary<Guid, Sum> sums, CancellationToken cancellation)
    {
        var ids = sums.Keys.ToList();
        var names = await database.Set<Account>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellation);
        return [.. sums.Select(sum => new TechnicianCount(sum.Key, names.GetValueOrDefault(sum.Key, ""), sum.Value.Sessions, sum.Value.Seconds))
            .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Id)];
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private sealed class Sum
    {
        internal int Sessions { get; private set; }

        internal long Seconds { get; private set; }

        internal void Add(int sessions, long seconds)
        {
            Sessions += sessions;
            Seconds += seconds;
        }
    }
}
