using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.People;

/// <summary>
/// The page of one person and its acts. Somebody of another organization does not exist here (404); an owner or an
/// administrator is out of an administrator's reach (403).
/// </summary>
internal static class PersonEndpoints
{
    private static readonly string[] KnownDone = ["changed", "off", "on", "revoked", "sign-ins", "released"];

    internal static Task<IResult> ShowAsync(Guid id, HttpContext context) => ActAsync(id, context, _ => Task.FromResult<IResult?>(null));

    internal static Task<IResult> ChangeAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var fields = await context.ReadFieldsAsync();
        var had = await asked.Acts.RolesAsync(asked.Account, context.RequestAborted);
        var wanted = PeopleRules.AllRoles.Intersect(fields["role"].OfType<string>()).ToList();
        var givable = PeopleRules.Givable(asked.Page.Roles);
        if (fields["role"].Except(PeopleRules.AllRoles).Any() || wanted.Except(had).Concat(had.Except(wanted)).Except(givable).Any())
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var problem = await asked.Acts.ChangeAsync(asked.Who, asked.Account, (fields["name"].ToString().Trim(), wanted), context.RequestAborted);
        return problem is null ? Done(id, "changed", asked.Page) : await RenderAsync(context, asked, problem);
    });

    internal static Task<IResult> SwitchOffAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
        await asked.Acts.SwitchOffAsync(asked.Who, asked.Account, context.RequestAborted) is { } problem
            ? await RenderAsync(context, asked, problem)
            : Done(id, "off", asked.Page));

    internal static Task<IResult> SwitchOnAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        return await asked.Acts.SwitchOnAsync(asked.Who, asked.Account, context.RequestAborted) is { } problem
            ? await RenderAsync(context, asked, problem)
            : Done(id, "on", asked.Page);
    });

    /// <summary>An invitation again for who has not joined yet; for the others a new password, with or without a new second factor.</summary>
    internal static Task<IResult> MakeLinkAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var fields = await context.ReadFieldsAsync();
        var kind = fields["kind"].ToString();
        var isKnown = await IsKnownAsync(context, asked, kind);
        if (!isKnown || asked.Account.DisabledAt is not null)
            return await RenderAsync(context, asked, new Problem("problem.link"));
        var secret = await asked.Acts.MakeLinkAsync(asked.Who, asked.Account, kind, context.RequestAborted);
        return PeopleEndpoints.ShowLink(context, asked.Page, asked.Account, (kind, secret));
    });

    internal static Task<IResult> RevokeLinkAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        await asked.Acts.RevokeLinkAsync(asked.Who, asked.Account, context.RequestAborted);
        return Done(id, "revoked", asked.Page);
    });

    internal static Task<IResult> ChangeLimitsAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var (form, problem) = LimitsForm.Read(await context.ReadFieldsAsync(), ofPerson: true);
        var acts = context.RequestServices.GetRequiredService<LimitsActs>();
        problem ??= form is null ? null : await acts.ChangePersonAsync((asked.Who, context.Connection.RemoteIpAddress), asked.Account, form, context.RequestAborted);
        return problem is null ? Done(id, "changed", asked.Page) : await RenderAsync(context, asked, problem);
    });

    /// <summary>Lets a technician join again whom wrong codes keep out.</summary>
    internal static Task<IResult> ReleaseAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var wrongCodes = context.RequestServices.GetRequiredService<WrongCodes>();
        await wrongCodes.ReleaseAsync(asked.Who.OrganizationId, id, asked.Who.AccountId.ToString(), context.RequestAborted);
        return Done(id, "released", asked.Page);
    });

    internal static Task<IResult> EndSignInsAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var fields = await context.ReadFieldsAsync();
        var one = fields["sign-in"].ToString() is { Length: > 0 } named ? named : null;
        await asked.Acts.EndSignInsAsync(asked.Who, asked.Account, one, context.RequestAborted);
        return Done(id, "sign-ins", asked.Page);
    });

    /// <summary>Finds the person and asks whether the reader may; without an act of its own shows the page.</summary>
    private static async Task<IResult> ActAsync(Guid id, HttpContext context, Func<Asked, Task<IResult?>> act)
    {
        var own = context.RequestServices.GetRequiredService<OwnEntry>();
        var page = await own.PageAsync(context);
        var acts = context.RequestServices.GetRequiredService<PeopleActs>();
        var account = await context.RequestServices.GetRequiredService<ServerDatabase>().Set<Account>().SingleOrDefaultAsync(row => row.Id == id, context.RequestAborted);
        if (account is null)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        if (!PeopleRules.MayChange(page.Roles, await acts.RolesAsync(account, context.RequestAborted)))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var asked = new Asked(SignedIn.Of(context), page, account, acts);
        return await act(asked) ?? await RenderAsync(context, asked, problem: null);
    }

    /// <summary>Where passwords are off, a link for a password alone would open nothing.</summary>
    private static async Task<bool> IsKnownAsync(HttpContext context, Asked asked, string kind)
    {
        var reader = context.RequestServices.GetRequiredService<PeopleReader>();
        if (!await reader.HasJoinedAsync(asked.Account, context.RequestAborted))
            return kind == AccountLink.Invitation;
        var (_, organization) = await context.RequestServices.GetRequiredService<OwnEntry>().EnterAsync(context);
        return kind == AccountLink.Everything || (kind == AccountLink.Password && !organization.PasswordsOff);
    }

    private static async Task<IResult> RenderAsync(HttpContext context, Asked asked, Problem? problem)
    {
        // What the act changed of the account and did not save must not be shown.
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        await database.Entry(asked.Account).ReloadAsync(context.RequestAborted);
        var (_, organization) = await context.RequestServices.GetRequiredService<OwnEntry>().EnterAsync(context);
        var reader = context.RequestServices.GetRequiredService<PeopleReader>();
        var view = await reader.OneAsync(organization, (asked.Who, asked.Page.Roles), asked.Account, context.RequestAborted);
        var done = context.Request.Query["done"].ToString();
        return asked.Page.Show<PersonPage>(
            view with { Done = KnownDone.Contains(done) ? asked.Page.Texts[$"person.done.{done}"] : null, Problems = FormProblems.Of(asked.Page.Texts, problem), Here = LimitsEndpoints.Here(context) },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Done(Guid id, string what, PageContext page) => Found.At($"{PeopleFeature.Path}/{id}?done={what}&lang={page.Language}");

    private sealed record Asked(SignedIn Who, PageContext Page, Account Account, PeopleActs Acts);
}
