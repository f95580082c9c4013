using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.People;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// The ways to the provider. They are links and no forms, because our pages let no form lead to another site; what could be
/// done to somebody by such a link from elsewhere needs the sign-in cookie, which does not travel with it.
/// </summary>
internal static class ProviderEndpoints
{
    private const string ConnectPath = "/account/provider";

    internal static void MapProvider(this WebApplication app)
    {
        var open = app.MapGroup("/sign-in/provider").AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        open.MapMethods("", PageRoutes.Verbs, (HttpContext context, OrganizationEntry entry) => LeaveAsync(context, entry, ProviderPurpose.SignIn));
        open.MapMethods("/return", PageRoutes.Verbs, () => Results.StatusCode(StatusCodes.Status404NotFound));
        open.MapMethods("/out", PageRoutes.Verbs, SignOutThereAsync);
        app.MapMethods($"{ConfirmEndpoints.Path}/provider", PageRoutes.Verbs, (HttpContext context, OrganizationEntry entry) => LeaveAsync(context, entry, ProviderPurpose.Confirm))
            .RequireAuthorization().RequireRateLimiting(RateLimits.Accounts);
        var own = app.MapGroup(ConnectPath).RequireAuthorization().RequireAuthorization(Policies.Confirmed).RequireRateLimiting(RateLimits.Accounts)
            .WithMetadata(new ConfirmReturn(OwnAccountEndpoints.Path));
        own.MapMethods("", PageRoutes.Verbs, (HttpContext context, OrganizationEntry entry) => LeaveAsync(context, entry, ProviderPurpose.Connect));
        own.MapPost("/remove", UnlinkAsync);
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, OrganizationEntry entry, string purpose)
    {
        var who = purpose == ProviderPurpose.SignIn ? null : SignedIn.Of(context);
        var organization = who is null ? await entry.NamedOrDefaultAsync(context) : await entry.FindAsync(who.OrganizationId, context.RequestAborted);
        if (organization is null || await context.RequestServices.GetRequiredService<ProviderSettings>().FindAsync(context.RequestAborted) is null)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var language = context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false).Language;
        var returnPath = LocalPath.OrDesk(context.Request.Query[AccountsFeature.ReturnParameter]);
        var journeys = context.RequestServices.GetRequiredService<ProviderJourneys>();
        var properties = await journeys.BeginAsync((organization.Id, purpose, returnPath, language), who, context.RequestAborted);
        try
        {
            await context.ChallengeAsync(ProviderHandler.SchemeName, properties);
        }
        catch (ProviderException refused)
        {
            await ProviderReturn.RefuseAsync(context, journeys.Current, refused);
        }

        return Results.Empty;
    }

    /// <summary>OpenID Connect RP-Initiated Logout 1.0. The provider asks its person; here everybody is signed out already.</summary>
    private static async Task<IResult> SignOutThereAsync(HttpContext context, OrganizationEntry entry, ProviderSettings settings, ProviderDocuments documents, PublicOrigin origin)
    {
        await entry.NamedOrDefaultAsync(context);
        try
        {
            if (await settings.FindAsync(context.RequestAborted) is { } provider &&
                (await documents.FindAsync(provider.Issuer, context.RequestAborted)).EndSessionEndpoint is { Length: > 0 } end && ProviderAddress.IsGood(end))
                return Results.Redirect(QueryHelpers.AddQueryString(end, new Dictionary<string, string?>
                {
                    ["client_id"] = provider.ClientId,
                    ["post_logout_redirect_uri"] = origin.Value.Text + AccountsFeature.SignInPath,
                }));
        }
        catch (ProviderException)
        {
            // It does not answer: there is nothing more to do here.
        }

        return Found.At(AccountsFeature.SignInPath);
    }

    private static async Task<IResult> UnlinkAsync(HttpContext context, OwnEntry own, ServerDatabase database, OwnAccountView.Reader reader, AuditLog audit)
    {
        var (who, _) = await own.EnterAsync(context);
        await using var transaction = await database.Database.BeginTransactionAsync(context.RequestAborted);
        var removed = await database.Set<ProviderSubject>().Where(row => row.AccountId == who.AccountId).ExecuteDeleteAsync(context.RequestAborted);
        if (removed > 0 && !await PeopleRules.WithOwnWayIn(database).AnyAsync(row => row.Id == who.AccountId, context.RequestAborted))
        {
            await transaction.RollbackAsync(context.RequestAborted);
            return await OwnAccountEndpoints.RenderAsync(context, (own, reader), [new Problem("passkey.problem.last")], StatusCodes.Status422UnprocessableEntity);
        }

        if (removed > 0)
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "provider.unlinked", who.AccountId.ToString(), AuditEntry.Done), context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return OwnAccountEndpoints.Done("provider-unlinked", context);
    }
}
