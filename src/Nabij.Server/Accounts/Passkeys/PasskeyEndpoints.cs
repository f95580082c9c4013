// Signing in, the second step and the confirmation by passkey. A script asks for the options, the browser shows the passkey,
// and a plain form brings the answer, so that refusals are pages like any other.

using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Passkeys;

internal static class PasskeyEndpoints
{
    /// <summary>The form's field with the browser's answer.</summary>
    internal const string Answer = "passkey";

    internal static void MapSignInByPasskey(this WebApplication app)
    {
        var open = app.MapGroup(AccountsFeature.SignInPath).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        open.MapPost("/passkey/options", AskAsync);
        open.MapPost("/passkey", SignInAsync);
        open.MapPost("/second-factor/passkey/options", AskSecondStepAsync);
        open.MapPost("/second-factor/passkey", SecondStepAsync);
        var signedIn = app.MapGroup(ConfirmEndpoints.Path).RequireAuthorization().RequireRateLimiting(RateLimits.Accounts);
        signedIn.MapPost("/passkey/options", AskConfirmationAsync);
        signedIn.MapPost("/passkey", ConfirmAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext context, OrganizationEntry entry, PasskeyBook book)
    {
        await entry.NamedOrDefaultAsync(context);
        return PasskeysFeature.Options(await book.AskAsync(context, account: null, (PasskeyPurpose.SignIn, "")));
    }

    private static async Task<IResult> SignInAsync(HttpContext context, OrganizationEntry entry, PasskeySteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var fields = await context.ReadFieldsAsync();
        var form = new SignInForm { ReturnPath = LocalPath.OrDesk(fields[AccountsFeature.ReturnParameter]) };
        var outcome = await steps.SignInAsync(context, organization, fields[Answer].ToString());
        return await SignInEndpoints.AnswerAsync(context, organization, (form, "passkey.problem.refused"), outcome);
    }

    private static async Task<IResult> AskSecondStepAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, PasskeyBook book)
    {
        await entry.NamedOrDefaultAsync(context);
        return await stage.FindAsync(context) is { } account
            ? PasskeysFeature.Options(await book.AskAsync(context, account, (PasskeyPurpose.SecondStep, stage.Name(context))))
            : Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> SecondStepAsync(HttpContext context, OrganizationEntry entry, SignInStage stage, PasskeySteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        if (await stage.FindAsync(context) is not { } account)
            return Found.At(AccountsFeature.SignInPath);
        var fields = await context.ReadFieldsAsync();
        var outcome = await steps.SecondStepAsync(context, account, fields[Answer].ToString());
        var returnPath = LocalPath.OrDesk(fields[AccountsFeature.ReturnParameter]);
        if (outcome.Kind != SignInOutcome.SignedIn)
            return await SecondFactorEndpoints.RefuseAsync(context, organization, account, (returnPath, outcome, "passkey.problem.refused"));
        await stage.EndAsync(context);
        return Found.At(outcome.Next(returnPath));
    }

    private static async Task<IResult> AskConfirmationAsync(HttpContext context, OwnEntry own, PasskeyBook book)
    {
        var (who, _) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        return PasskeysFeature.Options(await book.AskAsync(context, account, (PasskeyPurpose.Confirm, who.SignInId)));
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, OwnEntry own, PasskeySteps steps)
    {
        var (who, _) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        var fields = await context.ReadFieldsAsync();
        var outcome = await steps.ConfirmAsync(context, account, fields[Answer].ToString());
        return await ConfirmEndpoints.AnswerAsync(context, (fields[AccountsFeature.ReturnParameter].ToString(), "passkey.problem.refused"), outcome);
    }
}
