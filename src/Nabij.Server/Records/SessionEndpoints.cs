using Microsoft.EntityFrameworkCore;
using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>The history of sessions: the list, one session, its report. A session of another organization, or of somebody else where that is not one's business, does not exist (404).</summary>
internal static class SessionEndpoints
{
    internal static readonly string[] FilterFields = ["from", "until", "technician", "customer", "reason", "platform", "shortest", "longest"];

    internal static async Task<IResult> ListAsync(HttpContext context, RecordsDoor door)
    {
        var asker = await door.EnterAsync(context);
        var kept = KeptQuery.Of(context.Request, FilterFields);
        var filter = SessionFilter.Read(name => context.Request.Query[name].ToString());
        var cursor = SessionCursor.Read(context.Request.Query["before"].ToString());
        var lines = filter.Of(door.Sessions(asker), filter.Days.Bounds(asker.Time));
        // Who sees only the own runs sees the own part of a session that somebody else began.
        var (shown, next) = await SessionPages.ReadAsync(asker.SeesAll ? filter.WholeOf(lines) : lines, cursor, SessionCursor.PageSize, context.RequestAborted);
        var names = await door.NamesAsync(context.RequestAborted);
        var ids = shown.Select(line => line.Id).ToList();
        var parts = (await door.Sessions(asker).Where(row => row.ParentId != null && ids.Contains(row.ParentId)).OrderBy(row => row.PairedAt).ToListAsync(context.RequestAborted))
            .ToLookup(part => part.ParentId);
        var view = new SessionsView
        {
            Filter = filter,
            Rows = [.. shown.Select(line => SessionWords.Row(line, (asker.Page.Texts, asker.Time), names).With(parts[line.Id].Select(part => SessionWords.Who(part, asker.Page.Texts, names))))],
            Technicians = asker.SeesAll ? [.. names.OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase)] : [],
            Kept = kept,
            Next = next?.ToString(),
            IsLater = cursor is not null,
            MayExport = asker.IsOverseer,
            SeesAll = asker.SeesAll,
        };
        return (asker.Page with { KeptQuery = kept.ToString() }).Show<SessionsPage>(view, filter.Wrong.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> ShowAsync(string id, HttpContext context, RecordsDoor door, SessionReader reader)
    {
        var asker = await door.EnterAsync(context);
        return await reader.FindAsync(asker, id, context.RequestAborted) is { } view
            ? asker.Page.Show<SessionRecordPage>(view with { IsPictureRemoved = context.Request.Query["done"] == "picture" })
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> ReportAsync(string id, HttpContext context, RecordsDoor door, SessionReader reader)
    {
        var asker = await door.EnterAsync(context);
        return await reader.FindAsync(asker, id, context.RequestAborted) is { } view ? asker.Page.Show<SessionReportPage>(view) : Results.StatusCode(StatusCodes.Status404NotFound);
    }
}
