using Nabij.Server.Accounts.Passkeys;
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
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapPost("", OpenAsync);
        group.MapPost("/password", SetAsync);
        group.MapPost("/passkey/options", OptionsAsync);
        group.MapPost("/passkey", SetPasskeyAsync);
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
        HttpContext context, AccountLinks links, OrganizationEntry entry, ServerDatabase database, SignInFinish finish)
    {
        var fields = await context.ReadFieldsAsync();
        var typed = fields["link"].ToString();
        if (await links.FindAsync(typed, context.RequestAborted) is not { } link)
            return await RefuseAsync(context, entry);
        var organization = await entry.FindAsync(link.OrganizationId, context.RequestAborted);
        if (organization is null || organization.PasswordsOff)
            return await RefuseAsync(context, entry);
        var (account, problems) = await links.TakeAsync(link, fields["password"].ToString(), context.RequestAborted);
        if (account is null)
            return problems.Count > 0 ? await ShowPasswordAsync(context, (entry, database), link, (typed, problems)) : await RefuseAsync(context, entry);

        var result = await finish.AfterFirstStepAsync(context, organization, account, SignInWay.Password);
        if (result.Kind is SignInOutcome.NotNow or SignInOutcome.NotHere)
            return Found.At($"{AccountsFeature.SignInPath}?{OrganizationEntry.ShopParameter}={organization.Slug}");
        var language = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false).Language;
        return Found.At(result.Kind == SignInOutcome.SignedIn
            ? result.Home
            : $"{AccountsFeature.SignInPath}{SecondFactorEndpoints.Path}?lang={language}&{OrganizationEntry.ShopParameter}={organization.Slug}");
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, AccountLinks links, OrganizationEntry entry, LinkPasskey passkeys)
    {
        var fields = await context.ReadFieldsAsync();
        return await links.FindAsync(fields["link"].ToString(), context.RequestAborted) is { TakesPasskey: true } link &&
            await entry.FindAsync(link.OrganizationId, context.RequestAborted) is { } organization
            ? PasskeysFeature.Options(await passkeys.InviteAsync(context, link, organization.Name))
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SetPasskeyAsync(HttpContext context, AccountLinks links, OrganizationEntry entry, LinkPasskey passkeys)
    {
        var fields = await context.ReadFieldsAsync();
        var typed = fields["link"].ToString();
        if (await links.FindAsync(typed, context.RequestAborted) is not { TakesPasskey: true } link ||
            await entry.FindAsync(link.OrganizationId, context.RequestAborted) is not { } organization)
            return await RefuseAsync(context, entry);
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        var (account, codes, problem) = await passkeys.TakeAsync(context, link, fields[PasskeyEndpoints.Answer].ToString());
        if (account is null)
            return problem is null ? await RefuseAsync(context, entry) : await ShowPasswordAsync(context, (entry, database), link, (typed, [problem]));

        var result = await context.RequestServices.GetRequiredService<SignInFinish>().AfterEverythingAsync(context, organization, account, SignInWay.Passkey);
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false);
        var next = result.Kind == SignInOutcome.SignedIn ? result.Home : $"{AccountsFeature.SignInPath}?{OrganizationEntry.ShopParameter}={organization.Slug}";
        return page.Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = next });
    }

    private static async Task<IResult> ShowPasswordAsync(
        HttpContext context, (OrganizationEntry Entry, ServerDatabase Database) of, AccountLink link, (string Typed, IReadOnlyList<Problem> Problems) given)
    {
        var organization = await of.Entry.FindAsync(link.OrganizationId, context.RequestAborted);
        var account = await of.Database.FindAsync<Account>([link.AccountId], context.RequestAborted);
        if (organization is null || account is null)
            return await RefuseAsync(context, of.Entry);
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization);
        var form = new NewPasswordForm
        {
            Link = AccountLinks.Secret(given.Typed),
            Kind = link.Kind,
            Name = account.DisplayName,
            Email = account.Email ?? "",
            TakesPasskey = link.TakesPasskey,
            TakesPassword = !organization.PasswordsOff,
            Problems = FormProblems.Of(page.Texts, given.Problems),
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
