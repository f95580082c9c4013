using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Records;

/// <summary>A list of runs, newest first, cut into pages: the same for the page of the history and for the API.</summary>
internal static class SessionPages
{
    /// <param name="lines">Those that are asked for and may be seen.</param>
    /// <param name="after">The last line of the page before; null for the first page.</param>
    /// <param name="count">Lines of a page.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <returns>A page, and where it ends; null on the last.</returns>
    internal static async Task<(IReadOnlyList<SessionLine> Lines, SessionCursor? Next)> ReadAsync(
        IQueryable<SessionLine> lines, SessionCursor? after, int count, CancellationToken cancellation)
    {
        if (after is { At: var at, Key: var key })
            lines = lines.Where(row => row.PairedAt < at || (row.PairedAt == at && string.Compare(row.Id, key) < 0));
        var found = await lines.OrderByDescending(row => row.PairedAt).ThenByDescending(row => row.Id).Take(count + 1).ToListAsync(cancellation);
        var page = found.Take(count).ToList();
        return (page, found.Count > page.Count ? new SessionCursor(page[^1].PairedAt, page[^1].Id) : null);
    }
}
