// Signing in by password: the password first, then a second step where one is set up or demanded. Every refusal reads the
// same and costs the same, whether the name exists or not. Passkeys and the provider have folders of their own.

using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

internal static class SignInEndpoints
{
    /// <summary>What the sign-in page is told of the identity provider, as a fixed word.</summary>
    internal const string ProviderParameter = "provider";

    private const string StillThere = "still-there";

    internal static void MapSignIn(this WebApplication app)
    {
        var group = app.MapGroup(AccountsFeature.SignInPath).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapPost("", SubmitAsync);
        group.MapSecondFactor();
    }

    internal static async Task<IResult> SignOutAsync(HttpContext context, ServerDatabase database, OrganizationEntry entry, AuditLog audit)
    {
        var to = AccountsFeature.SignInPath;
        if (SignedIn.From(context.User) is { } who && await entry.FindAsync(who.OrganizationId, context.RequestAborted) is { } organization)
        {
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "sign-in.ended", "", AuditEntry.Done), context.RequestAborted);
            // Browsers let a form of ours lead to no other site, so the way out of the provider is a link on the next page.
            if (who.Way == SignInWay.Provider)
                to = $"{to}?{ProviderParameter}={StillThere}&{OrganizationEntry.ShopParameter}={organization.Slug}";
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Found.At(to);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, PageContexts pages, OrganizationEntry entry)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var returnPath = LocalPath.OrDesk(context.Request.Query[AccountsFeature.ReturnParameter]);
        if (SignedIn.From(context.User) is not null)
            return Found.At(returnPath);
        var page = pages.Create(context, organization);
        var told = context.Request.Query[ProviderParameter].ToString();
        var form = new SignInForm { ReturnPath = returnPath, StillAtProvider = told == StillThere, Problem = ProviderRefusal.Words(page.Texts, told) };
        return await RenderAsync(context, (page, organization), form);
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, OrganizationEntry entry, SignInSteps steps)
    {
        var organization = await entry.NamedOrDefaultAsync(context);
        var fields = await context.ReadFieldsAsync();
        var form = new SignInForm
        {
            Email = fields["email"].ToString().Trim(),
            ReturnPath = LocalPath.OrDesk(fields[AccountsFeature.ReturnParameter]),
        };
        var outcome = await steps.PasswordAsync(context, organization, form.Email, fields["password"].ToString());
        return await AnswerAsync(context, organization, (form, organization.PasswordsOff ? "sign-in.passwords-off" : "sign-in.refused"), outcome);
    }

    /// <summary>Leads on, or shows the sign-in page again and says why.</summary>
    /// <param name="context">The request.</param>
    /// <param name="organization">Whose people sign in.</param>
    /// <param name="shown">What the page keeps, and its words for a plain refusal.</param>
    /// <param name="outcome">How the step ended.</param>
    internal static async Task<IResult> AnswerAsync(HttpContext context, Organization organization, (SignInForm Form, string Refused) shown, SignInResult outcome)
    {
        var page = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization);
        if (outcome.Kind == SignInOutcome.SignedIn)
            return Found.At(outcome.Next(shown.Form.ReturnPath));
        if (outcome.Kind == SignInOutcome.SecondFactor)
            return Found.At($"{AccountsFeature.SignInPath}{SecondFactorEndpoints.Path}?lang={page.Language}{page.ShopQuery}&{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(shown.Form.ReturnPath)}");
        if (outcome.Kind == SignInOutcome.Paused)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(outcome.Pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return await RenderAsync(context, (page, organization), shown.Form with { Problem = Words(page.Texts, outcome, shown.Refused) }, Status(outcome.Kind));
    }

    /// <summary>Why a step did not succeed.</summary>
    internal static string Words(Texts texts, SignInResult outcome, string refused) => outcome.Kind switch
    {
        SignInOutcome.Paused => texts.Format("sign-in.paused", Minutes(outcome.Pause)),
        SignInOutcome.Busy => texts["sign-in.busy"],
        SignInOutcome.Unreadable => texts["sign-in.unreadable"],
        SignInOutcome.NotNow => texts["sign-in.not-now"],
        SignInOutcome.NotHere => texts["sign-in.not-here"],
        _ => texts[refused],
    };

    internal static int Status(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Paused => StatusCodes.Status429TooManyRequests,
        SignInOutcome.Busy => StatusCodes.Status503ServiceUnavailable,
        SignInOutcome.NotNow or SignInOutcome.NotHere => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status401Unauthorized,
    };

    private static int Minutes(TimeSpan pause) => (int)Math.Ceiling(pause.TotalMinutes);

    private static async Task<IResult> RenderAsync(HttpContext context, (PageContext Page, Organization Organization) of, SignInForm form, int status = StatusCodes.Status200OK)
    {
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        var provider = await database.Set<IdentityProvider>().AsNoTracking().SingleOrDefaultAsync(context.RequestAborted);
        return of.Page.Show<SignInPage>(form with { PasswordsOff = of.Organization.PasswordsOff, Provider = provider?.Name }, status);
    }
}
