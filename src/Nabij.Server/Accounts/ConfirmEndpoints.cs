using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>"Is it you?": a code of the second factor (or the password, where there is no second factor) before a risky act, and back.</summary>
internal static class ConfirmEndpoints
{
    internal const string Path = "/confirm";

    internal static string AddressFor(string returnPath, string language) =>
        $"{Path}?{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(returnPath)}{(Texts.Find(language) is null ? "" : $"&lang={language}")}";

    internal static void MapConfirm(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization().RequireRateLimiting(RateLimits.Accounts);
        group.MapPage("", ShowAsync);
        group.MapPost("", SubmitAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own)
    {
        var page = await own.PageAsync(context);
        var account = await own.AccountAsync(SignedIn.Of(context), context.RequestAborted);
        return page.Show<ConfirmPage>(Form(context.Request.Query[AccountsFeature.ReturnParameter], account));
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, OwnEntry own, SignInSteps steps)
    {
        var page = await own.PageAsync(context);
        var account = await own.AccountAsync(SignedIn.Of(context), context.RequestAborted);
        var fields = await context.ReadFieldsAsync();
        var form = Form(fields[AccountsFeature.ReturnParameter], account);
        var result = await steps.ConfirmAsync(context, account, fields["proof"].ToString());
        return result.Kind switch
        {
            SignInOutcome.SignedIn => Found.At(form.ReturnPath),
            SignInOutcome.Paused => page.Show<ConfirmPage>(form with { Problem = page.Texts.Format("sign-in.paused", SignInEndpoints.Minutes(result.Pause)) }, StatusCodes.Status429TooManyRequests),
            SignInOutcome.Busy => page.Show<ConfirmPage>(form with { Problem = page.Texts["sign-in.busy"] }, StatusCodes.Status503ServiceUnavailable),
            _ => page.Show<ConfirmPage>(form with { Problem = page.Texts[account.TwoFactorEnabled ? "second-factor.refused" : "confirm.password-refused"] }, StatusCodes.Status401Unauthorized),
        };
    }

    private static ConfirmForm Form(string? returnPath, Account account) => new()
    {
        ReturnPath = LocalPath.Or(returnPath, OwnAccountEndpoints.Path),
        WithCode = account.TwoFactorEnabled,
        Email = account.Email ?? "",
    };
}
