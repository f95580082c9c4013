using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.People;

/// <summary>By what people sign in: owners switch passwords off and on, and connect an identity provider.</summary>
internal static class WaysEndpoints
{
    internal const string Path = PeopleFeature.Path + "/ways";

    private static readonly string[] KnownDone = ["off", "on", "changed", "removed"];

    internal static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, WaysActs acts, ProviderSettings settings)
    {
        var done = context.Request.Query["done"].ToString();
        return await RenderAsync(context, (own, acts, settings), (null, null), KnownDone.Contains(done) ? done : null);
    }

    internal static async Task<IResult> SwitchPasswordsAsync(HttpContext context, OwnEntry own, WaysActs acts, ProviderSettings settings)
    {
        var (who, _) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var wanted = fields["passwords"].ToString();
        var problem = wanted is "on" or "off" ? await acts.SwitchPasswordsAsync(who, wanted == "off", context.RequestAborted) : new Problem("problem.choice");
        return problem is null ? await DoneAsync(context, own, wanted) : await RenderAsync(context, (own, acts, settings), (null, problem), done: null);
    }

    internal static async Task<IResult> ChangeProviderAsync(HttpContext context, OwnEntry own, WaysActs acts, ProviderSettings settings)
    {
        var (who, _) = await own.EnterAsync(context);
        var form = ProviderForm.Read(await context.ReadFieldsAsync());
        return await acts.ChangeProviderAsync(who, form, context.RequestAborted) is { } problem
            ? await RenderAsync(context, (own, acts, settings), (form, problem), done: null)
            : await DoneAsync(context, own, "changed");
    }

    internal static async Task<IResult> RemoveProviderAsync(HttpContext context, OwnEntry own, WaysActs acts)
    {
        var (who, _) = await own.EnterAsync(context);
        await acts.RemoveProviderAsync(who, context.RequestAborted);
        return await DoneAsync(context, own, "removed");
    }

    private static async Task<IResult> DoneAsync(HttpContext context, OwnEntry own, string what) =>
        Found.At($"{Path}?done={what}&lang={(await own.PageAsync(context)).Language}");

    private static async Task<IResult> RenderAsync(
        HttpContext context, (OwnEntry Own, WaysActs Acts, ProviderSettings Settings) of, (ProviderForm? Form, Problem? Problem) given, string? done)
    {
        var page = await of.Own.PageAsync(context);
        var (_, organization) = await of.Own.EnterAsync(context);
        var provider = await of.Settings.FindAsync(context.RequestAborted);
        var origin = context.RequestServices.GetRequiredService<PublicOrigin>().Value.Text;
        var file = of.Settings.SecretFile(organization.Slug);
        return page.Show<WaysPage>(
            new WaysView
            {
                PasswordsOff = organization.PasswordsOff,
                Unready = await of.Acts.UnreadyAsync(context.RequestAborted),
                Provider = given.Form ?? (provider is null ? new ProviderForm() : ProviderForm.Of(provider)),
                HasProvider = provider is not null,
                HasSecret = provider?.ClientSecret is not null,
                SecretFile = File.Exists(file) ? file : null,
                ReturnAddress = origin + ProviderHandler.ReturnPath,
                OutAddress = origin + AccountsFeature.SignInPath,
                Done = done is null ? null : page.Texts[$"ways.done.{done}"],
                Problems = FormProblems.Of(page.Texts, given.Problem),
            },
            given.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
