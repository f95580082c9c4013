using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>"Is it you?": a passkey, a code of the second factor, or the password where there is no second step, before a risky act, and back.</summary>
internal static class ConfirmEndpoints
{
    internal const string Path = "/confirm";

    internal static string AddressFor(string returnPath, string language) =>
        $"{Path}?{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(returnPath)}{(Texts.Find(language) is null ? "" : $"&lang={language}")}";

    internal static void MapConfirm(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization().RequireRateLimiting(RateLimits.Accounts);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapPost("", SubmitAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own)
    {
        var page = await own.PageAsync(context);
        var told = context.Request.Query[SignInEndpoints.ProviderParameter].ToString();
        var form = await FormAsync(context, own, context.Request.Query[AccountsFeature.ReturnParameter].ToString());
        return page.Show<ConfirmPage>(form with { Problem = ProviderRefusal.Words(page.Texts, told) });
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, OwnEntry own, SignInSteps steps)
    {
        var (who, organization) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        var fields = await context.ReadFieldsAsync();
        var result = await steps.ConfirmAsync(context, organization, account, fields["proof"].ToString());
        var form = await FormAsync(context, own, "");
        var refused = form.WithCode ? "second-factor.refused" : form.WithPassword ? "confirm.password-refused" : "recovery.refused.code";
        return await AnswerAsync(context, (fields[AccountsFeature.ReturnParameter].ToString(), refused), result);
    }

    /// <summary>Back to the page that asked, or this page again with why not.</summary>
    internal static async Task<IResult> AnswerAsync(HttpContext context, (string ReturnPath, string Refused) of, SignInResult result)
    {
        if (result.Kind == SignInOutcome.SignedIn)
            return Found.At(LocalPath.Or(of.ReturnPath, OwnAccountEndpoints.Path));
        var own = context.RequestServices.GetRequiredService<OwnEntry>();
        var page = await own.PageAsync(context);
        var form = await FormAsync(context, own, of.ReturnPath);
        return page.Show<ConfirmPage>(form with { Problem = SignInEndpoints.Words(page.Texts, result, of.Refused) }, SignInEndpoints.Status(result.Kind));
    }

    private static async Task<ConfirmForm> FormAsync(HttpContext context, OwnEntry own, string returnPath)
    {
        var (who, organization) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        var hasPasskey = await database.Set<Passkey>().AnyAsync(row => row.AccountId == account.Id, context.RequestAborted);
        return new ConfirmForm
        {
            ReturnPath = LocalPath.Or(returnPath, OwnAccountEndpoints.Path),
            WithPasskey = hasPasskey,
            WithCode = account.TwoFactorEnabled,
            WithPassword = !hasPasskey && !account.TwoFactorEnabled && account.PasswordHash is not null && !organization.PasswordsOff,
            Provider = await ProviderSteps.ConfirmingAsync(database, account, context.RequestAborted),
            Email = account.Email ?? "",
        };
    }
}
