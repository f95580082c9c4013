using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Records;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Terms;

/// <summary>
/// The list of who accepted which version, with search: consents of the customer's program, which have a name once a session
/// was begun, and acceptances of the help page, which never have one (settled.md 7).
/// </summary>
internal static class AcceptedEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, ServerDatabase database, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        var asked = context.Request.Query;
        var word = asked["q"].ToString().Trim();
        var search = new AcceptedSearch(word.Length > AcceptedSearch.LongestWord ? word[..AcceptedSearch.LongestWord] : word, asked["version"].ToString(), asked["from"].ToString(), asked["until"].ToString());
        var time = OrganizationTime.Of(organization);
        var before = SessionCursor.Read(asked["before"].ToString());
        var found = await FindAsync(database, search, new Bounds(time.StartOf(search.From), time.EndOf(search.Until), before), context.RequestAborted);
        return page.Show<AcceptedPage>(new AcceptedView
        {
            Search = search,
            Versions = [.. (await desk.VersionsAsync(context.RequestAborted)).Select(one => one.Number)],
            Lines = [.. found.Take(SessionCursor.PageSize).Select(one => one.Line with { At = time.Words(one.At) })],
            Kept = KeptQuery.Of(context.Request, "q", "version", "from", "until"),
            Next = found.Count > SessionCursor.PageSize ? found[SessionCursor.PageSize - 1].Place.ToString() : null,
            IsLater = before is not null,
        });
    }

    private static async Task<List<Found>> FindAsync(
        ServerDatabase database, AcceptedSearch search, Bounds bounds, CancellationToken cancellation)
    {
        var consents = await ConsentsAsync(database, search, bounds, cancellation);
        var acceptances = search.Word.Length > 0 ? [] : await AcceptancesAsync(database, search, bounds, cancellation);
        return [.. consents.Concat(acceptances).OrderByDescending(one => one.At).ThenByDescending(one => one.Key, StringComparer.Ordinal).Take(SessionCursor.PageSize + 1)];
    }

    private static async Task<IEnumerable<Found>> ConsentsAsync(
        ServerDatabase database, AcceptedSearch search, Bounds bounds, CancellationToken cancellation)
    {
        var query = database.Set<Consent>().AsNoTracking();
        if (search.Version.Length > 0)
            query = query.Where(row => row.TermsVersion == search.Version);
        if (bounds.From is { } from)
            query = query.Where(row => row.ReceivedAt >= from);
        if (bounds.Until is { } until)
            query = query.Where(row => row.ReceivedAt < until);
        if (bounds.Place is var (at, key))
            query = query.Where(row => row.ReceivedAt < at || (row.ReceivedAt == at && string.Compare(row.RecordHash, key) < 0));
        if (search.Word.Length > 0)
        {
            var word = search.Word.ToLowerInvariant();
            var named = database.Set<SupportSession>().WhereTextHolds(search.Word, session => session.CustomerName);
            query = query.Where(row => row.RecordHash.StartsWith(word) || named.Any(session => session.ConsentHash == row.RecordHash));
        }

        var rows = await query.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.RecordHash).Take(SessionCursor.PageSize + 1).ToListAsync(cancellation);
        var hashes = rows.ConvertAll(row => row.RecordHash);
        var names = (await database.Set<SupportSession>().AsNoTracking().Where(session => hashes.Contains(session.ConsentHash) && session.CustomerName != "")
            .Select(session => new { session.ConsentHash, session.CustomerName }).ToListAsync(cancellation)).ToLookup(one => one.ConsentHash, one => one.CustomerName);
        return rows.Select(row => new Found(row.ReceivedAt, row.RecordHash, new AcceptedView.Line(
            "", InProgram: true, string.Join(", ", names[row.RecordHash].Distinct()), row.TermsVersion, row.Language, row.Backup, row.RecordHash)));
    }

    private static async Task<IEnumerable<Found>> AcceptancesAsync(
        ServerDatabase database, AcceptedSearch search, Bounds bounds, CancellationToken cancellation)
    {
        var query = database.Set<Acceptance>().AsNoTracking();
        if (search.Version.Length > 0)
            query = query.Where(row => row.TermsVersion == search.Version);
        if (bounds.From is { } from)
            query = query.Where(row => row.AcceptedAt >= from);
        if (bounds.Until is { } until)
            query = query.Where(row => row.AcceptedAt < until);
        if (bounds.Place is var (at, key))
            query = query.Where(row => row.AcceptedAt < at || (row.AcceptedAt == at && string.Compare(row.ReferenceHash, key) < 0));
        var rows = await query.OrderByDescending(row => row.AcceptedAt).ThenByDescending(row => row.ReferenceHash).Take(SessionCursor.PageSize + 1).ToListAsync(cancellation);
        return rows.Select(row => new Found(row.AcceptedAt, row.ReferenceHash, new AcceptedView.Line("", InProgram: false, "", row.TermsVersion, row.Language, row.Backup, row.Id.ToString("N"))));
    }

    /// <summary>A line with its place in the order of the list, which both tables share: time, then a hash.</summary>
    private sealed record Found(DateTimeOffset At, string Key, AcceptedView.Line Line)
    {
        internal SessionCursor Place => new(At.ToUnixTimeMilliseconds(), Key);
    }

    /// <summary>From, until, and the line that the page before ended with.</summary>
    private sealed record Bounds(DateTimeOffset? From, DateTimeOffset? Until, SessionCursor? Before)
    {
        internal (DateTimeOffset At, string Key)? Place => Before is { } line ? (DateTimeOffset.FromUnixTimeMilliseconds(line.At), line.Key) : null;
    }
}
