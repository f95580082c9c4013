using System.Globalization;
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
    private const int PageLines = 50;

    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, ServerDatabase database, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        var asked = context.Request.Query;
        var word = asked["q"].ToString().Trim();
        var search = new AcceptedSearch(word.Length > AcceptedSearch.LongestWord ? word[..AcceptedSearch.LongestWord] : word, asked["version"].ToString(), asked["from"].ToString(), asked["until"].ToString());
        var time = OrganizationTime.Of(organization);
        var (from, until) = (time.StartOf(search.From), time.StartOf(search.Until)?.AddDays(1));
        if (long.TryParse(asked["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            until = DateTimeOffset.FromUnixTimeMilliseconds(before);
        var found = await FindAsync(database, search, (from, until), context.RequestAborted);
        return page.Show<AcceptedPage>(new AcceptedView
        {
            Search = search,
            Versions = [.. (await desk.VersionsAsync(context.RequestAborted)).Select(one => one.Number)],
            Lines = [.. found.Take(PageLines).Select(one => one.Line with { At = time.Words(one.At) })],
            Before = found.Count > PageLines ? found[PageLines - 1].At.ToUnixTimeMilliseconds() : null,
        });
    }

    private static async Task<List<(DateTimeOffset At, AcceptedView.Line Line)>> FindAsync(
        ServerDatabase database, AcceptedSearch search, (DateTimeOffset? From, DateTimeOffset? Until) times, CancellationToken cancellation)
    {
        var consents = await ConsentsAsync(database, search, times, cancellation);
        var acceptances = search.Word.Length > 0 ? [] : await AcceptancesAsync(database, search, times, cancellation);
        return [.. consents.Concat(acceptances).OrderByDescending(one => one.At).Take(PageLines + 1)];
    }

    private static async Task<IEnumerable<(DateTimeOffset At, AcceptedView.Line Line)>> ConsentsAsync(
        ServerDatabase database, AcceptedSearch search, (DateTimeOffset? From, DateTimeOffset? Until) times, CancellationToken cancellation)
    {
        var query = database.Set<Consent>().AsNoTracking();
        if (search.Version.Length > 0)
            query = query.Where(row => row.TermsVersion == search.Version);
        if (times.From is { } from)
            query = query.Where(row => row.ReceivedAt >= from);
        if (times.Until is { } until)
            query = query.Where(row => row.ReceivedAt < until);
        if (search.Word.Length > 0)
        {
            var word = search.Word.ToLowerInvariant();
            var named = database.Set<SupportSession>().WhereTextHolds(search.Word, session => session.CustomerName);
            query = query.Where(row => row.RecordHash.StartsWith(word) || named.Any(session => session.ConsentHash == row.RecordHash));
        }

        var rows = await query.OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.RecordHash).Take(PageLines + 1).ToListAsync(cancellation);
        var hashes = rows.ConvertAll(row => row.RecordHash);
        var names = (await database.Set<SupportSession>().AsNoTracking().Where(session => hashes.Contains(session.ConsentHash) && session.CustomerName != "")
            .Select(session => new { session.ConsentHash, session.CustomerName }).ToListAsync(cancellation)).ToLookup(one => one.ConsentHash, one => one.CustomerName);
        return rows.Select(row => (row.ReceivedAt, new AcceptedView.Line(
            "", InProgram: true, string.Join(", ", names[row.RecordHash].Distinct()), row.TermsVersion, row.Language, row.Backup, row.RecordHash)));
    }

    private static async Task<IEnumerable<(DateTimeOffset At, AcceptedView.Line Line)>> AcceptancesAsync(
        ServerDatabase database, AcceptedSearch search, (DateTimeOffset? From, DateTimeOffset? Until) times, CancellationToken cancellation)
    {
        var query = database.Set<Acceptance>().AsNoTracking();
        if (search.Version.Length > 0)
            query = query.Where(row => row.TermsVersion == search.Version);
        if (times.From is { } from)
            query = query.Where(row => row.AcceptedAt >= from);
        if (times.Until is { } until)
            query = query.Where(row => row.AcceptedAt < until);
        var rows = await query.OrderByDescending(row => row.AcceptedAt).ThenBy(row => row.Id).Take(PageLines + 1).ToListAsync(cancellation);
        return rows.Select(row => (row.AcceptedAt, new AcceptedView.Line("", InProgram: false, "", row.TermsVersion, row.Language, row.Backup, row.Id.ToString("N"))));
    }
}
