// Signing in: the password first, then the second factor where the organization demands one. Every refusal reads the
// same and costs the same, whether the name exists or not.

using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

internal static class SignInEndpoints
{
    internal static void MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup(AccountsFeature.SignInPath).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        group.MapPage("", ShowAsync);
        group.MapPost("", SubmitAsync);
        group.MapSecondFactor();
    }

    internal static async Task<IResult> SignOutAsync(HttpContext context, ServerDatabase database, OrganizationScope scope, AuditLog audit)
    {
        if (SignedIn.From(context.User) is { } who)
        {
            scope.Enter(who.OrganizationId);
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "sign-in.ended", "", AuditEntry.Done), context.RequestAborted);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Found.At(AccountsFeature.SignInPath);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, PageContexts pages, OrganizationEntry entry)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var returnPath = LocalPath.OrDesk(context.Request.Query[AccountsFeature.ReturnParameter]);
        return SignedIn.From(context.User) is not null
            ? Found.At(returnPath)
            : Show(pages.Create(context, organization), new SignInForm { ReturnPath = returnPath });
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, PageContexts pages, OrganizationEntry entry, SignInSteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var page = pages.Create(context, organization);
        var fields = await context.ReadFieldsAsync();
        var form = new SignInForm
        {
            Email = fields["email"].ToString().Trim(),
            ReturnPath = LocalPath.OrDesk(fields[AccountsFeature.ReturnParameter]),
        };

        var outcome = await steps.PasswordAsync(context, organization, form.Email, fields["password"].ToString());
        if (outcome.Kind == SignInOutcome.Paused)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(outcome.Pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return outcome.Kind switch
        {
            SignInOutcome.SignedIn => Found.At(outcome.Next(form.ReturnPath)),
            SignInOutcome.SecondFactor => Found.At(
                $"{AccountsFeature.SignInPath}{SecondFactorEndpoints.Path}?lang={page.Language}{page.ShopQuery}&{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(form.ReturnPath)}"),
            SignInOutcome.Paused => Show(page, form with { Problem = page.Texts.Format("sign-in.paused", Minutes(outcome.Pause)) }, StatusCodes.Status429TooManyRequests),
            SignInOutcome.Busy => Show(page, form with { Problem = page.Texts["sign-in.busy"] }, StatusCodes.Status503ServiceUnavailable),
            SignInOutcome.NotNow => Show(page, form with { Problem = page.Texts["sign-in.not-now"] }, StatusCodes.Status403Forbidden),
            SignInOutcome.NotHere => Show(page, form with { Problem = page.Texts["sign-in.not-here"] }, StatusCodes.Status403Forbidden),
            _ => Show(page, form with { Problem = page.Texts["sign-in.refused"] }, StatusCodes.Status401Unauthorized),
        };
    }

    internal static int Minutes(TimeSpan pause) => (int)Math.Ceiling(pause.TotalMinutes);

    private static IResult Show(PageContext page, SignInForm form, int status = StatusCodes.Status200OK) =>
        page.Show<SignInPage>(form, status);
}
