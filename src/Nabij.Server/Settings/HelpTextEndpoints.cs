using System.Text;
using Nabij.Server.Accounts;
using Nabij.Server.HelpPage;
using Nabij.Server.Pages;
using Nabij.Server.Terms;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>The organization's own words on the help page, each language by itself, with a preview by the same parts that the help page is made of.</summary>
internal static class HelpTextEndpoints
{
    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, HelpTexts texts)
    {
        var page = await own.PageAsync(context);
        await own.EnterAsync(context);
        return page.Show<HelpTextPage>(await ViewAsync(texts, typed: null, context) with { IsDone = context.Request.Query["done"] == "changed" });
    }

    internal static async Task<IResult> ChangeAsync(string language, HttpContext context, OwnEntry own, HelpTexts texts)
    {
        var page = await own.PageAsync(context);
        var (who, _) = await own.EnterAsync(context);
        if (Texts.Find(language) is null)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var fields = await context.ReadFieldsAsync();
        var form = new HelpTextView.Form(language, fields.Lines("notice"), fields.Lines("welcome"), fields.Lines("about"));
        var isWhole = fields.ContainsKey("notice") && fields.ContainsKey("welcome") && fields.ContainsKey("about");
        var problem = isWhole ? Check(form) : new Problem("problem.form");
        var view = await ViewAsync(texts, form, context);
        if (problem is not null)
            return page.Show<HelpTextPage>(view with { Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
        if (fields["act"] == "preview")
            return page.Show<HelpTextPage>(view with { Preview = form });
        await texts.KeepAsync(who, (language, form.Notice, form.Welcome, form.About), context.RequestAborted);
        return Found.At($"{SettingsFeature.Path}/help-page?done=changed&lang={page.Language}");
    }

    private static Problem? Check(HelpTextView.Form form)
    {
        foreach (var (field, text) in (IEnumerable<(string, string)>)[("notice", form.Notice), ("welcome", form.Welcome), ("about", form.About)])
        {
            if (text.Length > 0 && (Encoding.UTF8.GetByteCount(text) > HelpText.MaximumBytes || PlainMarkdown.FindProblem(Encoding.UTF8.GetBytes(text)) is not null))
                return new Problem("problem.help-text", HelpText.MaximumBytes).At($"{field}-{form.Language}");
        }

        return null;
    }

    private static async Task<HelpTextView> ViewAsync(HelpTexts texts, HelpTextView.Form? typed, HttpContext context)
    {
        var kept = await texts.AllAsync(context.RequestAborted);
        var forms = Texts.All.Order(StringComparer.Ordinal).Select(language =>
            typed?.Language == language ? typed
            : kept.FirstOrDefault(row => row.Language == language) is { } row ? new HelpTextView.Form(language, row.Notice, row.Welcome, row.About)
            : new HelpTextView.Form(language, "", "", ""));
        return new HelpTextView { Forms = [.. forms] };
    }
}
