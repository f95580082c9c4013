using System.Globalization;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Sends an export: first the line in the audit chain, then the rows as the database gives them. A file that breaks off has
/// no proper end (no closing bracket, no proof), and the connection says so. Scoped to a request.
/// </summary>
internal sealed class ExportAnswer(ServerDatabase database, AuditLog audit, TimeProvider clock)
{
    internal const string Action = "records.exported";

    /// <param name="asker">Who gets it.</param>
    /// <param name="what">The kind, and what was asked for in words without a person's name; both for the audit log.</param>
    /// <param name="form">The format.</param>
    /// <param name="table">The columns.</param>
    /// <param name="rows">The rows.</param>
    internal async Task<IResult> SendAsync<T>(RecordsAsker asker, (string Kind, string Asked) what, ExportForm form, ExportTable<T> table, IAsyncEnumerable<T> rows)
    {
        await RecordAsync(asker, what, form.Format);
        return Results.Stream(
            output => form.Format == ExportForm.Csv
                ? table.WriteCsvAsync(rows, output, form.WithMark, CancellationToken.None)
                : table.WriteJsonAsync(rows, output, CancellationToken.None),
            form.Format == ExportForm.Csv ? "text/csv; charset=utf-8" : "application/json", FileName(asker, what.Kind, form.Format));
    }

    internal Task RecordAsync(RecordsAsker asker, (string Kind, string Asked) what, string format) => audit.RecordAsync(
        database, new AuditEntry(asker.Actor, Action, what.Kind, AuditEntry.Done, what.Asked.Length == 0 ? format : $"{format}, {what.Asked}"), CancellationToken.None);

    internal string FileName(RecordsAsker asker, string kind, string ending) =>
        string.Create(CultureInfo.InvariantCulture, $"{asker.Organization.Slug}-{kind}-{asker.Time.Local(clock.GetUtcNow()):yyyy-MM-dd}.{ending}");
}
