// The one file of the organization, offered and served only to who accepted the current terms (settled.md 10).

using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Downloads;

internal static class DownloadsFeature
{
    internal static void AddDownloads(this WebApplicationBuilder builder) => builder.Services.AddSingleton<DownloadShelf>();

    internal static void MapDownloads(this WebApplication app)
    {
        app.MapMethods("/o/{slug}/download", PageRoutes.Verbs, ShowAsync).AllowAnonymous();
        app.MapMethods("/o/{slug}/download/{platform}", PageRoutes.Verbs, async (string slug, string platform, HttpContext context, OrganizationEntry entry, AcceptanceRecords records, DownloadShelf shelf) =>
            await SendAsync(context, await entry.FindAsync(slug, context.RequestAborted), platform, (records, shelf))).AllowAnonymous().DisableRequestTimeout();
        app.MapMethods("/download/{platform}", PageRoutes.Verbs, async (string platform, HttpContext context, OrganizationEntry entry, AcceptanceRecords records, DownloadShelf shelf) =>
            await SendAsync(context, await entry.FindDefaultAsync(context.RequestAborted), platform, (records, shelf))).AllowAnonymous().DisableRequestTimeout();
    }

    private static async Task<IResult> ShowAsync(
        string slug, HttpContext context, OrganizationEntry entry, AcceptanceRecords records, DownloadShelf shelf)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { } organization)
            return TypedResults.NotFound();
        if (await records.FindAsync(context) is not { } acceptance)
            return Found.At(Found.HelpPage(slug, context.Request.Query["lang"]));

        var services = context.RequestServices;
        var page = services.GetRequiredService<PageContexts>().Create(context, organization, withForms: false);
        var device = DeviceGuess.Of(context.Request);
        var files = await shelf.AvailableAsync(organization, context.RequestAborted);
        var best = files.FirstOrDefault(file => file.Platform.Device == device) ?? (files.Count > 0 ? files[0] : null);
        var address = services.GetRequiredService<PublicOrigin>().Value.Text;
        return page.Show<DownloadPage>(new DownloadPageView
        {
            Best = best,
            Others = [.. files.Where(file => file != best)],
            Device = device,
            ShortAddress = $"{address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..]}/o/{slug}",
            Backup = acceptance.Backup,
            AcceptedAt = acceptance.AcceptedAt,
            TermsVersion = acceptance.TermsVersion,
            TermsSha256 = acceptance.TermsSha256,
        });
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, Organization? organization, string platform, (AcceptanceRecords Records, DownloadShelf Shelf) from)
    {
        if (organization is null || Platform.All.FirstOrDefault(one => one.Name == platform) is not { } known)
            return TypedResults.NotFound();
        if (await from.Records.FindAsync(context) is null)
            return Found.At(Found.HelpPath(organization.Slug));
        return await from.Shelf.FindAsync(organization, known, context.RequestAborted) is { } file
            ? TypedResults.PhysicalFile(file.Path, "application/octet-stream", known.FileName, enableRangeProcessing: true)
            : TypedResults.NotFound();
    }
}
