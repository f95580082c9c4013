using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>The step after the password or the provider: a code of the authenticator, a passkey, or the enrolment of an authenticator at the first sign-in.</summary>
internal static class SecondFactorEndpoints
{
    internal const string Path = "/second-factor";

    private const int SecretGroup = 4;

    internal static void MapSecondFactor(this RouteGroupBuilder group)
    {
        group.MapMethods(Path, PageRoutes.Verbs, ShowAsync);
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
        var enrolling = !await SecondFactor.HasAnyAsync(context.RequestServices.GetRequiredService<ServerDatabase>(), account, context.RequestAborted);
        var outcome = await steps.SecondFactorAsync(context, account, fields["code"].ToString(), enrolling);
        if (outcome.Kind != SignInOutcome.SignedIn)
            return await RefuseAsync(context, organization, account, (form.ReturnPath, outcome, "second-factor.refused"));
        await stage.EndAsync(context);
        if (!enrolling)
            return Found.At(outcome.Next(form.ReturnPath));
        var codes = await factor.ConfirmAsync(account, context.RequestAborted);
        return context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false)
            .Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = outcome.Next(form.ReturnPath) });
    }

    /// <summary>The page again, with why the step did not succeed.</summary>
    internal static Task<IResult> RefuseAsync(HttpContext context, Organization organization, Account account, (string ReturnPath, SignInResult Outcome, string Refused) why)
    {
        var texts = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization).Texts;
        var form = new SecondFactorForm { ReturnPath = why.ReturnPath, Problem = SignInEndpoints.Words(texts, why.Outcome, why.Refused) };
        return RenderAsync(context, organization, (account, context.RequestServices.GetRequiredService<SecondFactor>()), form);
    }

    private static async Task<IResult> RenderAsync(HttpContext context, Organization organization, (Account Account, SecondFactor Factor) of, SecondFactorForm form)
    {
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        form = form with { WithPasskey = await database.Set<Passkey>().AnyAsync(row => row.AccountId == of.Account.Id, context.RequestAborted), WithCode = of.Account.TwoFactorEnabled };
        if (form is { WithPasskey: false, WithCode: false })
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
