using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Records;

/// <summary>Who may read which sessions, and how long records stay.</summary>
internal static class SettingsEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, RecordsDoor door, IOptions<Retention> retention)
    {
        var asker = await door.EnterAsync(context);
        var settings = await door.SettingsAsync(asker.Who.OrganizationId, context.RequestAborted);
        return asker.Page.Show<RecordsSettingsPage>(new SettingsView
        {
            TechniciansSeeAll = settings.TechniciansSeeAll,
            Kept = RetentionTimes.Of(asker.Organization, retention.Value),
            IsDone = context.Request.Query["done"] == "changed",
        });
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, RecordsDoor door, ServerDatabase database, AuditLog audit)
    {
        var asker = await door.EnterAsync(context);
        var sees = (await context.ReadFieldsAsync())["technicians"].ToString();
        if (sees is not ("own" or "all"))
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        await using var transaction = await database.Database.BeginTransactionAsync(context.RequestAborted);
        var settings = await database.Set<RecordsSettings>().SingleOrDefaultAsync(context.RequestAborted);
        if (settings is null)
            database.Add(settings = new RecordsSettings { OrganizationId = asker.Who.OrganizationId });
        settings.TechniciansSeeAll = sees == "all";
        await database.SaveChangesAsync(context.RequestAborted);
        await audit.RecordAsync(
            database, new AuditEntry(asker.Actor, "records.settings", asker.Who.OrganizationId.ToString(), AuditEntry.Done, $"technicians see {sees} sessions"), context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return Found.At($"{RecordsFeature.SettingsPath}?done=changed&lang={asker.Page.Language}");
    }
}
