using System.Text.Encodings.Web;
using System.Text.Json;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Records;

/// <summary>
/// A person asks what is kept about him or her, or wants it erased (GDPR 15 and 17). Searches are sent as forms, so that names
/// stand in no address; an export and an erasure stand in the audit log, without the name.
/// </summary>
internal static class PersonRecordsEndpoints
{
    private const char Separator = ':';

    private const int MostTicked = 1000;

    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async Task<IResult> ShowAsync(HttpContext context, RecordsDoor door) =>
        (await door.EnterAsync(context)).Page.Show<PersonRecordsPage>(new PersonRecordsView { Query = new PersonQuery(), Found = null });

    internal static async Task<IResult> FindAsync(HttpContext context, RecordsDoor door, PersonSearch search)
    {
        var asker = await door.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var query = PersonQuery.Read(name => fields[name].ToString());
        if (query.IsEmpty || query.Wrong.Count > 0)
            return Show(asker, new PersonRecordsView { Query = query, Found = null, Problems = Wrong(asker, query) }, StatusCodes.Status422UnprocessableEntity);
        return Show(asker, await FoundAsync(asker, query, search, context.RequestAborted));
    }

    /// <summary>A copy for the person: a JSON file, or a page to print.</summary>
    internal static async Task<IResult> ExportAsync(HttpContext context, RecordsDoor door, PersonSearch search, ExportAnswer answer, TimeProvider clock)
    {
        var asker = await door.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var query = PersonQuery.Read(name => fields[name].ToString());
        if (await search.AllowedAsync(asker, query, Ticked(fields), context.RequestAborted) is not { Count: > 0 } ticked || fields["format"].ToString() is not (ExportForm.Json or "page"))
            return Show(asker, Nothing(asker, fields), StatusCodes.Status422UnprocessableEntity);
        // A colleague's copy holds sign-ins and audit events, which administrators do not see elsewhere either.
        if (ticked.ContainsKey(AccountTraces.AccountKind) && !asker.IsOne(Role.Owner))
        {
            var view = await FoundAsync(asker, query, search, context.RequestAborted);
            return Show(asker, view with { Problems = FormProblems.Of(asker.Page.Texts, new Problem("person-records.problem.copy")) }, StatusCodes.Status422UnprocessableEntity);
        }

        var parts = await search.ReadAsync(ticked, context.RequestAborted);
        await answer.RecordAsync(asker, ("person", $"{parts.Sum(part => part.Rows.Count)} rows"), fields["format"].ToString());
        return fields["format"] == "page"
            ? asker.Page.Show<PersonCopyPage>(new PersonCopyView(parts, asker.Time.Words(clock.GetUtcNow())))
            : Results.Bytes(Write(parts), "application/json", answer.FileName(asker, "person", "json"));
    }

    internal static async Task<IResult> EraseAsync(HttpContext context, RecordsDoor door, PersonSearch search, PersonErasure erasure)
    {
        var asker = await door.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var query = PersonQuery.Read(name => fields[name].ToString());
        if (await search.AllowedAsync(asker, query, Ticked(fields), context.RequestAborted) is not { Count: > 0 } ticked)
            return Show(asker, Nothing(asker, fields), StatusCodes.Status422UnprocessableEntity);
        if (fields["sure"] != "yes")
        {
            var view = await FoundAsync(asker, query, search, context.RequestAborted);
            return Show(asker, view with { Problems = FormProblems.Of(asker.Page.Texts, new Problem("person-records.problem.sure").At("sure")) }, StatusCodes.Status422UnprocessableEntity);
        }

        if (!await erasure.MayAsync(asker, ticked, context.RequestAborted))
        {
            var view = await FoundAsync(asker, query, search, context.RequestAborted);
            return Show(asker, view with { Problems = FormProblems.Of(asker.Page.Texts, new Problem("person-records.problem.account")) }, StatusCodes.Status422UnprocessableEntity);
        }

        var (number, count) = await erasure.EraseAsync(asker, ticked, context.RequestAborted);
        return Show(asker, new PersonRecordsView { Query = new PersonQuery(), Found = null, Done = asker.Page.Texts.Format("person-records.erased", count, number) });
    }

    private static async Task<PersonRecordsView> FoundAsync(RecordsAsker asker, PersonQuery query, PersonSearch search, CancellationToken cancellation)
    {
        var found = await search.FindAsync(asker, query, cancellation);
        return new PersonRecordsView
        {
            Query = query,
            Found = [.. found.Select(trace => new TraceRow($"{trace.Kind}{Separator}{trace.Key}", trace.Kind, asker.Time.Words(trace.At), trace.Words, trace.IsErasable))],
            IsCut = found.GroupBy(trace => trace.Kind).Any(group => group.Count() >= PersonTable.MostTraces),
        };
    }

    /// <summary>What was typed wrongly, or that nothing was.</summary>
    private static FormProblems Wrong(RecordsAsker asker, PersonQuery query) => query.Wrong.Count > 0
        ? FilterProblems.Of(asker.Page.Texts, query.Wrong)
        : FormProblems.Of(asker.Page.Texts, new Problem("person-records.problem.empty").At("name"));

    private static PersonRecordsView Nothing(RecordsAsker asker, IFormCollection fields) =>
        new() { Query = PersonQuery.Read(name => fields[name].ToString()), Found = null, Problems = FormProblems.Of(asker.Page.Texts, new Problem("person-records.problem.none")) };

    private static IResult Show(RecordsAsker asker, PersonRecordsView view, int status = StatusCodes.Status200OK) =>
        (asker.Page with { Path = RecordsFeature.PersonPath }).Show<PersonRecordsPage>(view, status);

    private static Dictionary<string, IReadOnlyCollection<string>> Ticked(IFormCollection fields) => fields["trace"].OfType<string>().Take(MostTicked)
        .Select(value => value.Split(Separator, 2)).Where(pair => pair is [{ } kind, { Length: > 0 }] && PersonTables.Find(kind) is not null)
        .GroupBy(pair => pair[0], pair => pair[1]).ToDictionary(group => group.Key, group => (IReadOnlyCollection<string>)[.. group]);

    private static byte[] Write(IReadOnlyList<PersonPart> parts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            foreach (var part in parts)
            {
                json.WriteStartArray(part.Kind);
                foreach (var row in part.Rows)
                {
                    json.WriteStartObject();
                    foreach (var (name, value) in row)
                        json.WriteString(name, value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
