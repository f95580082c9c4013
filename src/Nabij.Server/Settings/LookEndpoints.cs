using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Organizations.Logos;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>Colors and logo. The preview is the page itself in colors that are not kept yet.</summary>
internal static class LookEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<LookPage>(new LookView
        {
            Color = organization.Color,
            AccentColor = organization.AccentColor,
            IsDone = context.Request.Query["done"] == "changed",
        });
    }

    /// <summary>The colors of a preview, as the page's own sheet would have them.</summary>
    internal static IResult Preview(HttpContext context)
    {
        var asked = context.Request.Query;
        var (color, accent) = (asked["color"].ToString(), asked["accent-color"].ToString());
        return BrandColor.IsValid(color) && (accent.Length == 0 || BrandColor.IsValid(accent))
            ? TypedResults.Text(BrandSheet.Of(color, accent), "text/css")
            : Results.StatusCode(StatusCodes.Status400BadRequest);
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, OwnEntry own, SettingsActs acts)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var (color, accent) = (Color(fields.Word("color")), Accent(fields.Word("accent-color"), fields["accent"] == "own"));
        var problems = OrganizationRules.CheckColor(color).Concat(accent.Length == 0 ? [] : OrganizationRules.CheckColor(accent)).Distinct().ToList();
        if (problems.Count > 0)
            return Show(page, new LookView { Color = color, AccentColor = accent }, problems[0]);
        if (fields["act"] == "preview")
            return page.Show<LookPage>(new LookView { Color = color, AccentColor = accent, IsPreview = true });
        await acts.ChangeAsync(who, row => (row.Color, row.AccentColor) = (color, accent), context.RequestAborted);
        return Done(page);
    }

    internal static async Task<IResult> ChangeLogoAsync(HttpContext context, OwnEntry own, SettingsActs acts)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var file = (await context.ReadFieldsAsync()).Files.GetFile("logo");
        if (file is not { Length: > 0 })
            return Show(page, organization, new Problem("problem.logo-missing").At("logo"));
        if (file.Length > LogoFile.MaximumBytes)
            return Show(page, organization, new Problem("problem.logo", LogoFile.MaximumBytes / 1024, LogoFile.MaximumSide).At("logo"));
        using var content = new MemoryStream();
        await file.CopyToAsync(content, context.RequestAborted);
        if (LogoFile.Read(content.GetBuffer().AsSpan(0, (int)content.Length)) is not { } logo)
            return Show(page, organization, new Problem("problem.logo", LogoFile.MaximumBytes / 1024, LogoFile.MaximumSide).At("logo"));
        await acts.ChangeLogoAsync(who, logo, context.RequestAborted);
        return Done(page);
    }

    internal static async Task<IResult> RemoveLogoAsync(HttpContext context, OwnEntry own, SettingsActs acts)
    {
        var page = await own.PageAsync(context);
        await acts.ChangeLogoAsync(SignedIn.Of(context), logo: null, context.RequestAborted);
        return Done(page);
    }

    private static string Color(string typed) => typed.Trim().ToLowerInvariant();

    private static string Accent(string typed, bool isOwn) => isOwn ? Color(typed) : "";

    private static IResult Done(PageContext page) => Found.At($"{SettingsFeature.Path}/look?done=changed&lang={page.Language}");

    private static IResult Show(PageContext page, Organization organization, Problem problem) =>
        Show(page, new LookView { Color = organization.Color, AccentColor = organization.AccentColor }, problem);

    private static IResult Show(PageContext page, LookView view, Problem problem) =>
        page.Show<LookPage>(view with { Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
}
