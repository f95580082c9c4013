using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api.Answers;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>The history of sessions and its figures as the API tells them; read as the pages read them. Scoped to a request of the organization.</summary>
internal sealed class SessionAnswers(ServerDatabase database, TimeProvider clock)
{
    internal async Task<SessionAnswer?> FindAsync(string id, CancellationToken cancellation) =>
        await database.Set<SessionLine>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } line
            ? Answer(line, await NamesAsync([line.TechnicianId], cancellation))
            : null;

    /// <summary>One page, newest first. A session of several people is there once, as the run of its first technician.</summary>
    internal async Task<SessionList> ListAsync(SessionFilter filter, (DateTimeOffset? From, DateTimeOffset? Until) times, (Cursor? After, int Count) page, CancellationToken cancellation)
    {
        var bounds = (times.From?.ToUnixTimeMilliseconds() ?? long.MinValue, times.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        var after = page.After is { } cursor ? new SessionCursor(cursor.Time.ToUnixTimeMilliseconds(), cursor.Id) : null;
        var (lines, next) = await SessionPages.ReadAsync(filter.WholeOf(filter.Of(database.Set<SessionLine>().AsNoTracking(), bounds)), after, page.Count, cancellation);
        var names = await NamesAsync([.. lines.Select(line => line.TechnicianId).Distinct()], cancellation);
        return new SessionList([.. lines.Select(line => Answer(line, names))], next is null ? null : new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(next.At), next.Key).ToString());
    }

    internal async Task<StatisticsAnswer> CountAsync(StatisticsSums sums, (StatisticsFilter Filter, string TimeZone) of, CancellationToken cancellation)
    {
        var helped = sums.ByTechnician.Where(one => one.Line.Sessions > 0 || one.Line.Ended > 0).ToList();
        var names = await NamesAsync([.. helped.Select(one => one.Technician)], cancellation);
        return new StatisticsAnswer(
            of.Filter.From, of.Filter.Until, of.TimeZone, sums.Sum.Sessions, sums.Sum.Failed, Seconds(sums.Sum.Worked),
            [.. helped.Select(one => new TechnicianCount(one.Technician, names.GetValueOrDefault(one.Technician, ""), one.Line.Sessions, Seconds(one.Line.Worked)))
                .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Id)],
            [.. sums.ByTime.Select(day => new DayCount(day.Bar, day.Line.Sessions, Seconds(day.Line.Worked)))]);
    }

    private Task<Dictionary<Guid, string>> NamesAsync(List<Guid> ids, CancellationToken cancellation) =>
        database.Set<Account>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellation);

    private SessionAnswer Answer(SessionLine line, Dictionary<Guid, string> names) => new(
        line.Id, SessionState.Of(line), line.CustomerName, line.Language, line.Platform, line.Program, new TechnicianAnswer(line.TechnicianId, names.GetValueOrDefault(line.TechnicianId, "")),
        line.Paired, Time(line.StartedAt), Time(line.EndedAt),
        SessionLine.Between(line.BeganAt, line.EndedAt ?? clock.GetUtcNow().ToUnixTimeMilliseconds()) is { } length ? Seconds(length) : null,
        line.BytesFromHost, line.BytesFromViewer, line.Role == SessionWords.Relative ? null : line.EndReason, line.Outcome, line.ConsentHash, line.Role, line.ParentId);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static long Seconds(TimeSpan length) => (long)length.TotalSeconds;
}
