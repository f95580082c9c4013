// A lost passkey, where there is no password to fall back on: a recovery code opens one page, which makes a new passkey.

using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Passkeys;

internal static class RecoveryEndpoints
{
    internal const string Path = "/sign-in/recovery", NewPath = "/sign-in/new-passkey";

    internal static void MapRecovery(this WebApplication app)
    {
        var group = app.MapGroup("").AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        group.MapMethods(Path, PageRoutes.Verbs, ShowAsync);
        group.MapPost(Path, SubmitAsync);
        group.MapMethods(NewPath, PageRoutes.Verbs, ShowNewAsync);
        group.MapPost(NewPath + "/options", OptionsAsync);
        group.MapPost(NewPath, SubmitNewAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OrganizationEntry entry, PageContexts pages) =>
        pages.Create(context, await entry.NamedOrDefaultAsync(context)).Show<RecoveryPage>(new SignInForm());

    private static async Task<IResult> SubmitAsync(HttpContext context, OrganizationEntry entry, PageContexts pages, SignInSteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var page = pages.Create(context, organization);
        var fields = await context.ReadFieldsAsync();
        var form = new SignInForm { Email = fields["email"].ToString().Trim() };
        var outcome = await steps.RecoverAsync(context, organization, form.Email, fields["code"].ToString());
        return outcome.Kind == SignInOutcome.SecondFactor
            ? Found.At($"{NewPath}?lang={page.Language}{page.ShopQuery}")
            : page.Show<RecoveryPage>(form with { Problem = SignInEndpoints.Words(page.Texts, outcome, "recovery.refused") }, SignInEndpoints.Status(outcome.Kind));
    }

    private static async Task<IResult> ShowNewAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, PageContexts pages)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        return await stage.FindAsync(context, recovering: true) is { } account
            ? pages.Create(context, organization).Show<NewPasskeyPage>(new NewPasskeyForm { Email = account.Email ?? "" })
            : Found.At(AccountsFeature.SignInPath);
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, PasskeyBook book)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        return await stage.FindAsync(context, recovering: true) is { } account
            ? PasskeysFeature.Options(await book.InviteAsync(context, account, (PasskeyPurpose.Recovery, stage.Name(context)), organization.Name))
            : Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> SubmitNewAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, OwnPasskeys own, SignInFinish finish)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        if (await stage.FindAsync(context, recovering: true) is not { } account)
            return Found.At(AccountsFeature.SignInPath);
        var fields = await context.ReadFieldsAsync();
        var (codes, problem) = await own.AddAsync(context, account, (PasskeyPurpose.Recovery, stage.Name(context)), (fields[PasskeyEndpoints.Answer].ToString(), fields["name"].ToString().Trim()));
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization);
        if (problem is not null)
            return page.Show<NewPasskeyPage>(new NewPasskeyForm { Email = account.Email ?? "", Problem = problem.In(page.Texts) }, StatusCodes.Status422UnprocessableEntity);
        var done = await finish.AfterEverythingAsync(context, organization, account, SignInWay.Recovery);
        await stage.EndAsync(context);
        if (done.Kind != SignInOutcome.SignedIn)
            return Found.At(AccountsFeature.SignInPath);
        return codes.Count == 0 ? Found.At(OwnAccountEndpoints.Path) : page.Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = OwnAccountEndpoints.Path });
    }
}
