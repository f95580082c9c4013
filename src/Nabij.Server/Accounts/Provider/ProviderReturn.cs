// The answer to who comes back from the provider. The browser comes from another site, so it brings none of our strict
// cookies, and would bring none to a redirect either: a small page of ours leads on instead, which is a visit of our own.

using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Provider;

internal static class ProviderReturn
{
    /// <summary>After the framework has checked state and cookie, and <see cref="IdTokens"/> the token.</summary>
    internal static async Task ArriveAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<ProviderJourneys>().Current is not { } journey || services.GetRequiredService<ProviderExchange>().Person is not { } person)
        {
            await RefuseAsync(context.HttpContext, null, new ProviderException(ProviderRefusal.Late, "no journey"));
            return;
        }

        try
        {
            await LeadOnAsync(context.HttpContext, journey, person);
        }
        catch (ProviderException refused)
        {
            await RefuseAsync(context.HttpContext, journey, refused);
        }
    }

    /// <summary>Whatever went wrong before: the person said no, the state is not this browser's, the provider or its token is not right.</summary>
    internal static async Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var declined = context.HttpContext.Request.Query.ContainsKey("error");
        var refused = context.Failure as ProviderException ?? context.Failure?.InnerException as ProviderException ??
            (declined ? new ProviderException(ProviderRefusal.Declined, "declined at the provider") : new ProviderException(ProviderRefusal.Late, "the state is not of this browser"));
        var journey = await context.HttpContext.RequestServices.GetRequiredService<ProviderJourneys>().FindAsync(context.Properties, context.HttpContext.RequestAborted);
        await RefuseAsync(context.HttpContext, journey, refused);
    }

    private static async Task LeadOnAsync(HttpContext context, ProviderJourney journey, ProviderPerson person)
    {
        var services = context.RequestServices;
        var times = services.GetRequiredService<IOptions<ProviderTimes>>().Value;
        if (services.GetRequiredService<TimeProvider>().GetUtcNow() > journey.BeganAt + times.Away)
            throw new ProviderException(ProviderRefusal.Late, "too long away");
        var organization = await services.GetRequiredService<OrganizationEntry>().FindAsync(journey.OrganizationId, context.RequestAborted);
        var provider = await services.GetRequiredService<ProviderSettings>().FindAsync(context.RequestAborted);
        if (organization is null || provider is null)
            throw new ProviderException(ProviderRefusal.Late, "the organization has no provider");
        var steps = services.GetRequiredService<ProviderSteps>();
        var query = $"lang={journey.Language}&{OrganizationEntry.ShopParameter}={organization.Slug}";
        switch (journey.Purpose)
        {
            case ProviderPurpose.Connect:
                await steps.ConnectAsync(provider, person, journey, context.RequestAborted);
                await GoAsync(context, organization, $"{OwnAccountEndpoints.Path}?done=provider-linked&lang={journey.Language}");
                break;
            case ProviderPurpose.Confirm:
                await steps.ConfirmAsync(context, provider, person, journey);
                await GoAsync(context, organization, journey.ReturnPath);
                break;
            default:
                var outcome = await steps.SignInAsync(context, organization, provider, person);
                await GoAsync(context, organization, outcome.Kind switch
                {
                    SignInOutcome.SignedIn => outcome.Next(journey.ReturnPath),
                    SignInOutcome.SecondFactor => $"{AccountsFeature.SignInPath}{SecondFactorEndpoints.Path}?{query}&{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(journey.ReturnPath)}",
                    SignInOutcome.NotNow => $"{AccountsFeature.SignInPath}?{query}&{SignInEndpoints.ProviderParameter}={ProviderRefusal.NotNow}",
                    _ => $"{AccountsFeature.SignInPath}?{query}&{SignInEndpoints.ProviderParameter}={ProviderRefusal.NotHere}",
                });
                break;
        }
    }

    internal static async Task RefuseAsync(HttpContext context, ProviderJourney? journey, ProviderException refused)
    {
        var entry = context.RequestServices.GetRequiredService<OrganizationEntry>();
        var organization = journey is null ? await entry.DefaultAsync(context.RequestAborted) : await entry.FindAsync(journey.OrganizationId, context.RequestAborted) ?? await entry.DefaultAsync(context.RequestAborted);
        var database = context.RequestServices.GetRequiredService<ServerDatabase>();
        // What was begun and not finished is left behind: the refusal stands for itself.
        database.ChangeTracker.Clear();
        var who = journey?.AccountId?.ToString() ?? "visitor";
        await context.RequestServices.GetRequiredService<AuditLog>().RecordAsync(
            database, new AuditEntry(who, "provider.refused", "", AuditEntry.Refused, $"{refused.Refusal}: {refused.Message}"), context.RequestAborted);
        var query = $"lang={journey?.Language}&{OrganizationEntry.ShopParameter}={organization.Slug}&{SignInEndpoints.ProviderParameter}={refused.Refusal}";
        await GoAsync(context, organization, journey?.Purpose switch
        {
            ProviderPurpose.Confirm => $"{ConfirmEndpoints.Path}?{query}&{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(journey.ReturnPath)}",
            ProviderPurpose.Connect => $"{OwnAccountEndpoints.Path}?{query}",
            _ => $"{AccountsFeature.SignInPath}?{query}",
        });
    }

    private static Task GoAsync(HttpContext context, Organization organization, string path) =>
        context.RequestServices.GetRequiredService<PageContexts>().Create(context, organization, withForms: false).Show<LeadOnPage>(path).ExecuteAsync(context);
}
