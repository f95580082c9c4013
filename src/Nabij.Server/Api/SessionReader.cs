using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api.Answers;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Reads the records of runs. Scoped to a request of the organization.</summary>
internal sealed class SessionReader(ServerDatabase database, TimeProvider clock)
{
    internal const string Connecting = "connecting", Active = "active", Ended = "ended", Failed = "failed";

    internal static readonly IReadOnlyList<string> States = [Connecting, Active, Ended, Failed];

    internal async Task<SessionAnswer?> FindAsync(string id, CancellationToken cancellation) =>
        await database.Set<SupportSession>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } row
            ? (await AnswersAsync([row], cancellation))[0]
            : null;

    /// <summary>One page, newest first. A session of several people is there once, as the run of its first technician.</summary>
    internal async Task<SessionList> ListAsync(SessionFilter filter, CancellationToken cancellation)
    {
        var rows = await Filtered(filter).OrderByDescending(row => row.PairedAt).ThenByDescending(row => row.Id).Take(filter.Count + 1).ToListAsync(cancellation);
        var page = rows.Take(filter.Count).ToList();
        return new SessionList(await AnswersAsync(page, cancellation), rows.Count > page.Count ? new Cursor(page[^1].PairedAt, page[^1].Id).ToString() : null);
    }

    private IQueryable<SupportSession> Filtered(SessionFilter filter)
    {
        var all = database.Set<SupportSession>().AsNoTracking();
        var rows = all.Where(row => row.ParentId == null);
        if (filter.From is { } from)
            rows = rows.Where(row => row.PairedAt >= from);
        if (filter.Until is { } until)
            rows = rows.Where(row => row.PairedAt < until);
        if (filter.Technician is { } technician)
            rows = rows.Where(row => row.TechnicianId == technician
                || all.Any(part => part.ParentId == row.Id && part.TechnicianId == technician && part.Role != SupportSession.RelativeRole));
        if (filter.After is { } after)
            rows = rows.Where(row => row.PairedAt < after.Time || (row.PairedAt == after.Time && string.Compare(row.Id, after.Id) < 0));
        return filter.State switch
        {
            Connecting => rows.Where(row => row.StartedAt == null && row.EndedAt == null && row.Outcome == null),
            Active => rows.Where(row => row.StartedAt != null && row.EndedAt == null),
            Ended => rows.Where(row => row.StartedAt != null && row.EndedAt != null),
            Failed => rows.Where(row => row.StartedAt == null && (row.EndedAt != null || row.Outcome != null)),
            _ => rows,
        };
    }

    private async Task<IReadOnlyList<SessionAnswer>> AnswersAsync(IReadOnlyList<SupportSession> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.TechnicianId).Distinct().ToList();
        var names = await database.Set<Account>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellation);
        return [.. rows.Select(row => Answer(row, new TechnicianAnswer(row.TechnicianId, names.GetValueOrDefault(row.TechnicianId, ""))))];
    }

    private SessionAnswer Answer(SupportSession row, TechnicianAnswer technician) => new(
        row.Id, StateOf(row), row.CustomerName, row.Language, row.Platform, row.Program, technician, row.PairedAt, row.StartedAt, row.EndedAt,
        row.StartedAt is { } started ? Math.Max(0, (long)((row.EndedAt ?? clock.GetUtcNow()) - started).TotalSeconds) : null,
        row.BytesFromHost, row.BytesFromViewer, row.EndReason, row.Outcome, row.ConsentHash);

    private static string StateOf(SupportSession row) => row switch
    {
        { StartedAt: null, EndedAt: null, Outcome: null } => Connecting,
        { StartedAt: null } => Failed,
        { EndedAt: null } => Active,
        _ => Ended,
    };
}

/// <summary>Which sessions a list has; null is all.</summary>
internal sealed record SessionFilter
{
    internal DateTimeOffset? From { get; init; }

    /// <summary>Not included.</summary>
    internal DateTimeOffset? Until { get; init; }

    internal Guid? Technician { get; init; }

    internal string? State { get; init; }

    internal Cursor? After { get; init; }

    internal required int Count { get; init; }
}
