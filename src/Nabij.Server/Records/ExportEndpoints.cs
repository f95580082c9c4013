using Microsoft.EntityFrameworkCore;
using Nabij.Server.HelpPage;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Exports of lists: the search of the page whose form was sent, all of its rows.</summary>
internal static class ExportEndpoints
{
    internal static async Task<IResult> SessionsAsync(HttpContext context, RecordsDoor door, ExportAnswer answer)
    {
        var asker = await door.EnterAsync(context);
        if (await ExportForm.ReadAsync(context) is not { } form || SessionFilter.Read(form.Field) is not { Wrong.Count: 0 } filter)
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        var rows = filter.Of(door.Sessions(asker), filter.Days.Bounds(asker.Time)).OrderBy(row => row.PairedAt).ThenBy(row => row.Id);
        var names = await door.NamesAsync(context.RequestAborted);
        return await answer.SendAsync(asker, ("sessions", Asked(filter.Days, filter.IsEmpty)), form, ExportTables.Sessions(names), rows.AsAsyncEnumerable());
    }

    internal static async Task<IResult> ConsentsAsync(HttpContext context, RecordsDoor door, ExportAnswer answer, ServerDatabase database)
    {
        var asker = await door.EnterAsync(context);
        if (await ExportForm.ReadAsync(context) is not { } form || ConsentFilter.Read(form.Field) is not { Wrong.Count: 0 } filter)
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        var asked = Asked(filter.Days, filter.IsEmpty);
        return filter.OnPage
            ? await answer.SendAsync(asker, ("acceptances", asked), form, ExportTables.Acceptances, filter.Of(database.Set<Acceptance>().AsNoTracking(), asker.Time).OrderBy(row => row.AcceptedAt).AsAsyncEnumerable())
            : await answer.SendAsync(asker, ("consents", asked), form, ExportTables.Consents, filter.Of(database.Set<Consent>().AsNoTracking(), asker.Time).OrderBy(row => row.ReceivedAt).AsAsyncEnumerable());
    }

    /// <summary>For the audit log: the days, and that more was asked for; never a name that was searched.</summary>
    internal static string Asked(DayRange days, bool isAll) => isAll ? "all" : $"from {days.FromText} until {days.UntilText}, filtered";
}
