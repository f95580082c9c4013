using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;
using Nabij.Server.Terms;
using Nabij.Server.Web;

namespace Nabij.Server.HelpPage;

/// <summary>Keeps acceptances and recognizes a visitor who accepted (settled.md 10). Scoped to an organization's request.</summary>
internal sealed class AcceptanceRecords(
    ServerDatabase database, TermsShelf shelf, AuditLog audit, CookieRules cookies, IOptions<Retention> retention, TimeProvider clock)
{
    private const string CookieName = "nabij-accepted";

    private const int ReferenceBytes = 16;

    /// <summary>Stores the acceptance of these texts and gives the visitor the cookie that names it.</summary>
    internal async Task AcceptAsync(HttpContext context, CurrentTerms texts, AcceptanceForm form)
    {
        var reference = Reference.Create(ReferenceBytes);
        var record = new Acceptance
        {
            OrganizationId = database.CurrentOrganizationId,
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            ReferenceHash = Reference.Hash(reference),
            TermsId = TermsShelf.TermsId,
            TermsVersion = texts.Terms.Version,
            Language = texts.Terms.Language,
            TermsSha256 = texts.Terms.Sha256,
            LicenceSha256 = texts.Licence.Sha256,
            TermsTick = form.Terms,
            LicenceTick = form.Licence,
            Backup = form.Backup,
            AcceptedAt = clock.GetUtcNow(),
        };
        await using var transaction = await database.Database.BeginTransactionAsync(context.RequestAborted);
        database.Add(record);
        var details = $"version {record.TermsVersion}, {record.Language}, terms {record.TermsSha256}, licence {record.LicenceSha256}, backup {record.Backup}";
        await audit.RecordAsync(database, new AuditEntry("visitor", "terms.accepted", record.Id.ToString(), AuditEntry.Done, details), context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        context.Response.Cookies.Append(cookies.Name(CookieName), reference, cookies.Create(SameSiteMode.Lax, retention.Value.AcceptanceOpensDownload));
    }

    /// <summary>The visitor's acceptance, if it is fresh and of the current version.</summary>
    internal async Task<Acceptance?> FindAsync(HttpContext context)
    {
        if (context.Request.Cookies[cookies.Name(CookieName)] is not { Length: > 0 and < 100 } reference)
            return null;
        var hash = Reference.Hash(reference);
        var earliest = clock.GetUtcNow() - retention.Value.AcceptanceOpensDownload;
        var version = await shelf.CurrentVersionAsync(context.RequestAborted);
        return await database.Set<Acceptance>().AsNoTracking().SingleOrDefaultAsync(
            row => row.ReferenceHash == hash && row.TermsVersion == version && row.AcceptedAt > earliest, context.RequestAborted);
    }
}
