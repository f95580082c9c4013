using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Commands;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>The audit log for owners and auditors: read, checked, exported. Nobody changes it.</summary>
internal static class AuditEndpoints
{
    internal static readonly string[] FilterFields = ["from", "until", "actor", "outcome", "text"];

    internal static Task<IResult> ListAsync(HttpContext context) => ShowAsync(context, check: null);

    internal static async Task<IResult> CheckAsync(HttpContext context, RecordsDoor door, AuditVerification verification)
    {
        var asker = await door.EnterAsync(context);
        var report = await verification.VerifyAsync(asker.Who.OrganizationId, context.RequestAborted);
        return await ShowAsync(context, new AuditCheck(report.Count, report.Hash, report.Checkpoints, report.Problem) { Doubt = report.Doubt, Note = report.Note });
    }

    internal static async Task<IResult> ExportAsync(HttpContext context, RecordsDoor door, ExportAnswer answer, AuditProof proof, ServerDatabase database)
    {
        var asker = await door.EnterAsync(context);
        if (await ExportForm.ReadAsync(context, hasProof: true) is not { } form || AuditFilter.Read(form.Field) is not { Wrong.Count: 0 } filter)
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        if (form.Format != ExportForm.Proof)
        {
            var asked = filter is { Days.IsEmpty: true, Actor.Length: 0, Outcome.Length: 0, Text.Length: 0 } ? "all" : ExportEndpoints.Asked(filter.Days, isAll: false);
            var rows = filter.Of(database.Set<AuditEvent>().AsNoTracking(), asker.Time).OrderBy(row => row.Seq);
            return await answer.SendAsync(asker, ("audit", asked), form, ExportTables.Audit, rows.AsAsyncEnumerable());
        }

        await answer.RecordAsync(asker, ("audit", "all"), form.Format);
        try
        {
            return await proof.PrepareAsync(asker.Organization, context.RequestAborted) is { } write
                ? Results.Stream(write, "application/jsonl", answer.FileName(asker, "audit-proof", "jsonl"))
                : await ShowAsync(context, new AuditCheck(0, "", 0, asker.Page.Texts["audit.no-proof"]), StatusCodes.Status409Conflict);
        }
        catch (OperatorException)
        {
            return await ShowAsync(context, new AuditCheck(0, "", 0, asker.Page.Texts["audit.no-key"]), StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AuditCheck? check, int status = StatusCodes.Status200OK)
    {
        var door = context.RequestServices.GetRequiredService<RecordsDoor>();
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        var asker = await door.EnterAsync(context);
        var filter = AuditFilter.Read(name => context.Request.Query[name].ToString());
        var lines = filter.Of(database.Set<AuditEvent>().AsNoTracking(), asker.Time);
        if (filter.Before is { } before)
            lines = lines.Where(row => row.Seq < before);
        var found = await lines.OrderByDescending(row => row.Seq).Take(SessionCursor.PageSize + 1).ToListAsync(context.RequestAborted);
        var point = await database.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Seq).FirstOrDefaultAsync(context.RequestAborted);
        var (people, tokens) = (await door.NamesAsync(context.RequestAborted), await door.TokensAsync(context.RequestAborted));
        var names = people.Concat(tokens).ToDictionary();
        var kept = KeptQuery.Of(context.Request, FilterFields);
        var view = new AuditView
        {
            Filter = filter,
            Rows = [.. found.Take(SessionCursor.PageSize).Select(line => AuditRow.Of(line, asker.Time, names))],
            Actors =
            [
                .. people.OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase).Select(one => KeyValuePair.Create(one.Key.ToString("D"), one.Value)),
                .. tokens.OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase).Select(one => KeyValuePair.Create(Actor.TokenWord(one.Key), $"token {one.Value}")),
            ],
            Kept = kept,
            Next = found.Count > SessionCursor.PageSize ? found[SessionCursor.PageSize - 1].Seq : null,
            Checkpoint = point is null ? null : (asker.Time.Words(point.Time), point.Seq),
            Check = check,
        };
        return (asker.Page with { Path = RecordsFeature.AuditPath, KeptQuery = kept.ToString() })
            .Show<AuditPage>(view, filter.Wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : status);
    }
}
