using System.Globalization;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Desk.Notes;

/// <summary>Where administrators write the texts that notes begin with, and choose the unit in which time is counted.</summary>
internal static class TemplateEndpoints
{
    internal const string Path = "/templates";

    private static readonly string[] DoneWords = ["added", "changed", "removed", "unit"];

    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, NoteTemplates templates)
    {
        var done = context.Request.Query["done"].ToString();
        var view = await ViewAsync(context, templates);
        return (await own.PageAsync(context)).Show<TemplatesPage>(view with { Done = DoneWords.Contains(done) ? done : "" });
    }

    internal static async Task<IResult> AddAsync(HttpContext context, OwnEntry own, NoteTemplates templates)
    {
        var page = await own.PageAsync(context);
        var (form, problem) = TemplateForm.Read(await context.ReadFieldsAsync());
        problem ??= await templates.AddAsync(SignedIn.Of(context), form, context.RequestAborted);
        return problem is null
            ? Done(page, "added")
            : page.Show<TemplatesPage>((await ViewAsync(context, templates)) with { Form = form, IsNew = true, Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> ChangeAsync(Guid id, HttpContext context, OwnEntry own, NoteTemplates templates)
    {
        var page = await own.PageAsync(context);
        var (form, problem) = TemplateForm.Read(await context.ReadFieldsAsync());
        var view = await ViewAsync(context, templates);
        if (view.Templates.All(one => one.Id != id))
            return TypedResults.NotFound();
        if (problem is not null)
            return page.Show<TemplatesPage>(view with { Form = form, Changing = id, Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
        return await templates.ChangeAsync(SignedIn.Of(context), id, form, context.RequestAborted) ? Done(page, "changed") : TypedResults.NotFound();
    }

    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, OwnEntry own, NoteTemplates templates) =>
        await templates.RemoveAsync(SignedIn.Of(context), id, context.RequestAborted) ? Done(await own.PageAsync(context), "removed") : TypedResults.NotFound();

    internal static async Task<IResult> ChangeUnitAsync(HttpContext context, OwnEntry own, NoteTemplates templates)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        var isNumber = int.TryParse(fields["unit"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes);
        if (!isNumber || !WorkUnit.IsValid(minutes, fields["rounding"].ToString()))
            return page.Show<TemplatesPage>((await ViewAsync(context, templates)) with { Problems = FormProblems.Of(page.Texts, new Problem("templates.problem.unit").At("unit")) }, StatusCodes.Status422UnprocessableEntity);
        await templates.ChangeUnitAsync(SignedIn.Of(context), new WorkUnit(minutes, fields["rounding"].ToString()), context.RequestAborted);
        return Done(page, "unit");
    }

    private static IResult Done(PageContext page, string what) => Found.At($"{Path}?done={what}&lang={page.Language}");

    private static async Task<TemplatesView> ViewAsync(HttpContext context, NoteTemplates templates)
    {
        var (list, unit) = await templates.ReadAsync(SignedIn.Of(context).OrganizationId, context.RequestAborted);
        return new TemplatesView { Templates = [.. list.Select(one => new TemplatesView.Line(one.Id, new TemplateForm(one.Name, one.Language, one.Text)))], Unit = unit };
    }
}
