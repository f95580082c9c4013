using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Pictures;

/// <summary>Where owners and administrators make the pictures key. The browser makes it; the passphrase never comes here.</summary>
internal static class PicturesKeyEndpoints
{
    /// <summary>Longer than any key that is taken.</summary>
    private const int MostBytes = 1024;

    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, PicturesKeys keys, ServerDatabase database)
    {
        var page = await own.PageAsync(context);
        var view = await ViewAsync(context, own, keys, database);
        return page.Show<PicturesKeyPage>(view with { IsDone = context.Request.Query["done"] == "made" });
    }

    internal static async Task<IResult> AddAsync(HttpContext context, OwnEntry own, PicturesKeys keys, ServerDatabase database)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        var problem = await keys.AddAsync(SignedIn.Of(context), Bytes(fields.Word("public-key")), Bytes(fields.Word("wrapped-key")), context.RequestAborted);
        if (problem is null)
            return Found.At($"{PicturesFeature.SettingsPath}?done=made&lang={page.Language}");
        var view = await ViewAsync(context, own, keys, database);
        return page.Show<PicturesKeyPage>(view with { Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Empty for what is no base64.</summary>
    private static byte[] Bytes(string text)
    {
        var bytes = new byte[MostBytes];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    private static async Task<PicturesKeyView> ViewAsync(HttpContext context, OwnEntry own, PicturesKeys keys, ServerDatabase database)
    {
        var (who, organization) = await own.EnterAsync(context);
        var time = OrganizationTime.Of(organization);
        var names = await database.Set<Account>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.DisplayName, context.RequestAborted);
        var pictures = await database.Set<KeptPicture>().GroupBy(row => row.PicturesKeyId).Select(of => new { of.Key, Count = of.Count() }).ToDictionaryAsync(of => of.Key, of => of.Count, context.RequestAborted);
        var all = await keys.AllAsync(who.OrganizationId, context.RequestAborted);
        return new PicturesKeyView
        {
            Organization = who.OrganizationId.ToString("N"),
            Keys = [.. all.Select(key => new PicturesKeyView.Line(
                PicturesKeyView.Fingerprint(key.Id), time.Words(key.MadeAt), names.GetValueOrDefault(key.MadeBy, ""), pictures.GetValueOrDefault(key.Id)))],
        };
    }
}
