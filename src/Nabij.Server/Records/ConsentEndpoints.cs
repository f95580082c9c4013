using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.HelpPage;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Consents: the list, and the receipt of one.</summary>
internal static class ConsentEndpoints
{
    internal static readonly string[] FilterFields = ["from", "until", "where", "version", "backup"];

    internal static async Task<IResult> ListAsync(HttpContext context, RecordsDoor door, ServerDatabase database)
    {
        var asker = await door.EnterAsync(context);
        var filter = ConsentFilter.Read(name => context.Request.Query[name].ToString());
        var cursor = SessionCursor.Read(context.Request.Query["before"].ToString());
        var rows = filter.OnPage ? await OnPageAsync(asker, filter, cursor, database, context.RequestAborted) : await InProgramAsync(asker, filter, cursor, database, context.RequestAborted);
        var kept = KeptQuery.Of(context.Request, FilterFields);
        var view = new ConsentsView
        {
            Filter = filter,
            Rows = [.. rows.Take(SessionCursor.PageSize).Select(one => one.Row)],
            Kept = kept,
            Next = rows.Count > SessionCursor.PageSize ? rows[SessionCursor.PageSize - 1].Place.ToString() : null,
            IsLater = cursor is not null,
            Slug = asker.Organization.Slug,
        };
        return (asker.Page with { KeptQuery = kept.ToString() }).Show<ConsentsPage>(view, filter.Wrong.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The receipt of a consent: for overseers any, for a technician that of a session he or she may see.</summary>
    internal static async Task<IResult> ReceiptAsync(string id, HttpContext context, RecordsDoor door, ServerDatabase database, StatementSigner signer, TimeProvider clock)
    {
        var asker = await door.EnterAsync(context);
        var consent = await database.Set<Consent>().AsNoTracking().SingleOrDefaultAsync(row => row.RecordHash == id, context.RequestAborted);
        if (consent is null || !(asker.SeesAll || asker.IsOne(Role.Auditor) || await door.Sessions(asker).AnyAsync(row => row.ConsentHash == id, context.RequestAborted)))
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var receipt = ConsentReceipt.Of(consent, asker.Organization, clock.GetUtcNow());
        // A record that does not give its hash any more was changed in the table: nobody signs that.
        if (Convert.ToHexStringLower(receipt.Record.Hash()) != consent.RecordHash)
            return asker.Page.Show<ReceiptPage>(new ReceiptView { Consent = ConsentView.Of(consent, asker.Time), Slug = asker.Organization.Slug, Issued = "", Block = null, IsCertified = false });
        var signed = signer.Sign(asker.Who.OrganizationId, receipt.Encode());
        return asker.Page.Show<ReceiptPage>(new ReceiptView
        {
            Consent = ConsentView.Of(consent, asker.Time),
            Slug = asker.Organization.Slug,
            Issued = asker.Time.Words(clock.GetUtcNow()),
            Block = signed.Armor(),
            IsCertified = signed.IsCertified,
        });
    }

    private static async Task<List<(ConsentRow Row, SessionCursor Place)>> InProgramAsync(
        RecordsAsker asker, ConsentFilter filter, SessionCursor? cursor, ServerDatabase database, CancellationToken cancellation)
    {
        var rows = filter.Of(database.Set<Consent>().AsNoTracking(), asker.Time);
        if (cursor is { } after)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(after.At);
            rows = rows.Where(row => row.ReceivedAt < at || (row.ReceivedAt == at && string.Compare(row.RecordHash, after.Key) < 0));
        }

        var found = await rows.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.RecordHash).Take(SessionCursor.PageSize + 1).ToListAsync(cancellation);
        return [.. found.Select(row => (
            new ConsentRow(row.RecordHash, asker.Time.Words(row.ReceivedAt), row.TermsVersion, row.Language, row.Backup),
            new SessionCursor(row.ReceivedAt.ToUnixTimeMilliseconds(), row.RecordHash)))];
    }

    private static async Task<List<(ConsentRow Row, SessionCursor Place)>> OnPageAsync(
        RecordsAsker asker, ConsentFilter filter, SessionCursor? cursor, ServerDatabase database, CancellationToken cancellation)
    {
        var rows = filter.Of(database.Set<Acceptance>().AsNoTracking(), asker.Time);
        if (cursor is { } after)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(after.At);
            rows = rows.Where(row => row.AcceptedAt < at || (row.AcceptedAt == at && string.Compare(row.ReferenceHash, after.Key) < 0));
        }

        var found = await rows.OrderByDescending(row => row.AcceptedAt).ThenByDescending(row => row.ReferenceHash).Take(SessionCursor.PageSize + 1).ToListAsync(cancellation);
        return [.. found.Select(row => (
            new ConsentRow(null, asker.Time.Words(row.AcceptedAt), row.TermsVersion, row.Language, row.Backup),
            new SessionCursor(row.AcceptedAt.ToUnixTimeMilliseconds(), row.ReferenceHash)))];
    }
}
