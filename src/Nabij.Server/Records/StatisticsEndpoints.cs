using System.Globalization;
using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>Figures as pictures and tables, and as a file. No customer is named in them.</summary>
internal static class StatisticsEndpoints
{
    internal static readonly string[] FilterFields = ["from", "until", "step"];

    private static readonly ExportTable<(string Kind, StatisticsLine Line)> Columns = new(
    [
        ("by", row => row.Kind),
        ("name", row => row.Line.Name),
        ("sessions", row => row.Line.Sessions),
        ("not_a_session", row => row.Line.Failed),
        ("seconds_in_all", row => (long)row.Line.Worked.TotalSeconds),
        ("seconds_average", row => row.Line.AverageLength?.TotalSeconds),
        ("seconds_longest", row => (long)row.Line.Longest.TotalSeconds),
        ("waited_seconds_average", row => row.Line.AverageWait?.TotalSeconds),
    ]);

    internal static async Task<IResult> ShowAsync(HttpContext context, RecordsDoor door, StatisticsReader reader, TimeProvider clock)
    {
        var asker = await door.EnterAsync(context);
        var filter = StatisticsFilter.Read(name => context.Request.Query[name].ToString(), Today(asker, clock));
        var kept = KeptQuery.Of(context.Request, FilterFields);
        var view = await ViewAsync((context, asker), door, reader, (filter, kept));
        return (asker.Page with { KeptQuery = kept.ToString() }).Show<StatisticsPage>(view, filter.Wrong.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> ExportAsync(HttpContext context, RecordsDoor door, StatisticsReader reader, ExportAnswer answer, TimeProvider clock)
    {
        var asker = await door.EnterAsync(context);
        if (await ExportForm.ReadAsync(context) is not { } form || StatisticsFilter.Read(form.Field, Today(asker, clock)) is not { Wrong.Count: 0 } filter)
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        var view = await ViewAsync((context, asker), door, reader, (filter, new KeptQuery([])));
        var rows = view.ByTime.Select(line => (filter.Step, line)).Concat(view.ByTechnician.Select(line => ("technician", line)));
        return await answer.SendAsync(asker, ("statistics", ExportEndpoints.Asked(filter.Days, isAll: false)), form, Columns, rows.ToAsyncEnumerable());
    }

    private static async Task<StatisticsView> ViewAsync((HttpContext Context, RecordsAsker Asker) by, RecordsDoor door, StatisticsReader reader, (StatisticsFilter Filter, KeptQuery Kept) asked)
    {
        var sums = await reader.ReadAsync(by.Asker.Time, asked.Filter, by.Context.RequestAborted);
        var names = await door.NamesAsync(by.Context.RequestAborted);
        return new StatisticsView
        {
            Filter = asked.Filter,
            Sum = sums.Sum,
            ByTime = [.. sums.ByTime.Select(one => one.Line with { Name = Name(asked.Filter, one.Bar) })],
            ByTechnician = [.. sums.ByTechnician.Select(one => one.Line with { Name = names.GetValueOrDefault(one.Technician, "") })
                .OrderByDescending(one => one.Sessions).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase)],
            Kept = asked.Kept,
        };
    }

    private static string Name(StatisticsFilter filter, DateOnly bar) =>
        bar.ToString(filter.Step == StatisticsFilter.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Today(RecordsAsker asker, TimeProvider clock) => DateOnly.FromDateTime(asker.Time.Local(clock.GetUtcNow()).DateTime);
}
