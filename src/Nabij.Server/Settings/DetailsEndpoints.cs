using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>Who the organization is, and what becomes of programs that say it otherwise.</summary>
internal static class DetailsEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, PackagedPrograms programs)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<DetailsPage>(await ViewAsync(organization, DetailsForm.Of(organization), programs, context) with { IsDone = context.Request.Query["done"] == "changed" });
    }

    internal static async Task<IResult> ChangeAsync(HttpContext context, OwnEntry own, SettingsActs acts, PackagedPrograms programs)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var form = DetailsForm.Read(await context.ReadFieldsAsync());
        if (form.Check() is { Count: > 0 } problems)
        {
            var view = await ViewAsync(organization, form, programs, context) with { Problems = FormProblems.Of(page.Texts, problems) };
            return page.Show<DetailsPage>(view, StatusCodes.Status422UnprocessableEntity);
        }

        await acts.ChangeAsync(who, form.Apply, context.RequestAborted);
        return Found.At($"{SettingsFeature.Path}?done=changed&lang={page.Language}");
    }

    private static async Task<DetailsView> ViewAsync(Organization organization, DetailsForm form, PackagedPrograms programs, HttpContext context) =>
        new() { Form = form, Slug = organization.Slug, Standing = await programs.LookAsync(organization, context.RequestAborted) };
}
