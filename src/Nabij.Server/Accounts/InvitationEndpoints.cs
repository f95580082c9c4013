using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>
/// Where a link of <see cref="AccountLinks"/> leads. The secret stands after the "#", so it is in no request line and no log;
/// a small script puts it into the form, and without scripts the person pastes the link.
/// </summary>
internal static class InvitationEndpoints
{
    internal static void MapInvitation(this WebApplication app)
    {
        var group = app.MapGroup(AccountLinks.Path).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        group.MapPage("", ShowAsync);
        group.MapPost("", OpenAsync);
        group.MapPost("/password", SetAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, PageContexts pages, OrganizationEntry entry) =>
        pages.Create(context, await entry.NamedOrDefaultAsync(context)).Show<InvitationPage>(new InvitationForm());

    private static async Task<IResult> OpenAsync(HttpContext context, AccountLinks links, OrganizationEntry entry, ServerDatabase database)
    {
        var fields = await context.ReadFieldsAsync();
        var typed = fields["link"].ToString();
        return await links.FindAsync(typed, context.RequestAborted) is { } link
            ? await ShowPasswordAsync(context, (entry, database), link, (typed, []))
            : await RefuseAsync(context, entry);
    }

    private static async Task<IResult> SetAsync(
        HttpContext context, AccountLinks links, OrganizationEntry entry, ServerDatabase database, SignInSteps steps)
    {
        var fields = await context.ReadFieldsAsync();
        var typed = fields["link"].ToString();
        if (await links.FindAsync(typed, context.RequestAborted) is not { } link)
            return await RefuseAsync(context, entry);
        var organization = await entry.FindAsync(link.OrganizationId, context.RequestAborted);
        if (organization is null)
            return await RefuseAsync(context, entry);
        var (account, problems) = await links.TakeAsync(link, fields["password"].ToString(), context.RequestAborted);
        if (account is null)
            return problems.Count > 0 ? await ShowPasswordAsync(context, (entry, database), link, (typed, problems)) : await RefuseAsync(context, entry);

        var result = await steps.AfterPasswordAsync(context, organization, account);
        if (result.Kind is SignInOutcome.NotNow or SignInOutcome.NotHere)
            return Found.At($"{AccountsFeature.SignInPath}?{OrganizationEntry.ShopParameter}={organization.Slug}");
        var language = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false).Language;
        return Found.At(result.Kind == SignInOutcome.SignedIn
            ? result.Home
            : $"{AccountsFeature.SignInPath}{SecondFactorEndpoints.Path}?lang={language}&{OrganizationEntry.ShopParameter}={organization.Slug}");
    }

    private static async Task<IResult> ShowPasswordAsync(
        HttpContext context, (OrganizationEntry Entry, ServerDatabase Database) of, AccountLink link, (string Typed, IReadOnlyList<Problem> Problems) given)
    {
        var organization = await of.Entry.FindAsync(link.OrganizationId, context.RequestAborted);
        var account = await of.Database.FindAsync<Account>([link.AccountId], context.RequestAborted);
        if (account is null)
            return await RefuseAsync(context, of.Entry);
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization);
        var form = new NewPasswordForm
        {
            Link = AccountLinks.Secret(given.Typed),
            Kind = link.Kind,
            Name = account.DisplayName,
            Email = account.Email ?? "",
            Problems = [.. given.Problems.Select(problem => problem.In(page.Texts))],
        };
        return page.Show<NewPasswordPage>(form, given.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Wrong, used, revoked and expired links read the same; the page says what helps with any of them.</summary>
    private static async Task<IResult> RefuseAsync(HttpContext context, OrganizationEntry entry)
    {
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, await entry.NamedOrDefaultAsync(context));
        return page.Show<InvitationPage>(new InvitationForm { Problem = page.Texts["invitation.refused"] }, StatusCodes.Status404NotFound);
    }
}
