using System.Globalization;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>The step after the password: a code of the authenticator, or the enrolment of one at the first sign-in.</summary>
internal static class SecondFactorEndpoints
{
    internal const string Path = "/second-factor";

    private const int SecretGroup = 4;

    internal static void MapSecondFactor(this RouteGroupBuilder group)
    {
        group.MapPage(Path, ShowAsync);
        group.MapPost(Path, SubmitAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, SecondFactor factor)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var returnPath = LocalPath.OrDesk(context.Request.Query[AccountsFeature.ReturnParameter]);
        return await stage.FindAsync(context) is { } account
            ? await RenderAsync(context, organization, (account, factor), new SecondFactorForm { ReturnPath = returnPath })
            : Found.At(AccountsFeature.SignInPath);
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, OrganizationEntry entry, SignInStage stage, SecondFactor factor, SignInSteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        if (await stage.FindAsync(context) is not { } account)
            return Found.At(AccountsFeature.SignInPath);

        var fields = await context.ReadFieldsAsync();
        var form = new SecondFactorForm { ReturnPath = LocalPath.OrDesk(fields[AccountsFeature.ReturnParameter]) };
        var page = context.RequestServices.GetRequiredService<PageContexts>();
        var isFirst = !account.TwoFactorEnabled;
        var outcome = await steps.SecondFactorAsync(context, account, fields["code"].ToString());
        if (outcome.Kind == SignInOutcome.SignedIn)
        {
            await stage.EndAsync(context);
            if (!isFirst)
                return Found.At(outcome.Next(form.ReturnPath));
            var codes = await factor.ConfirmAsync(account, context.RequestAborted);
            return page.Create(context, organization, withForms: false).Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = outcome.Next(form.ReturnPath) });
        }

        var texts = page.Create(context, organization).Texts;
        var problem = outcome.Kind == SignInOutcome.Paused ? texts.Format("sign-in.paused", SignInEndpoints.Minutes(outcome.Pause)) : texts["second-factor.refused"];
        return await RenderAsync(context, organization, (account, factor), form with { Problem = problem });
    }

    private static async Task<IResult> RenderAsync(HttpContext context, Organization organization, (Account Account, SecondFactor Factor) of, SecondFactorForm form)
    {
        if (!of.Account.TwoFactorEnabled)
        {
            var secret = Totp.Base32(await of.Factor.EnrollAsync(of.Account, context.RequestAborted));
            form = form with
            {
                Secret = Grouped(secret),
                Address = Address(organization.Name, of.Account.Email ?? "", secret),
            };
        }

        var status = form.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        return context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization).Show<SecondFactorPage>(form, status);
    }

    internal static string Grouped(string secret) => string.Join(' ', secret.Chunk(SecretGroup).Select(group => new string(group)));

    internal static string Address(string shop, string email, string secret) => string.Create(
        CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString($"{shop}:{email}")}?secret={secret}&issuer={Uri.EscapeDataString(shop)}&digits={Totp.Digits}&period=30");
}
