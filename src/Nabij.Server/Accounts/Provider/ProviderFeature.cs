using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nabij.Server.Web;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Accounts.Provider;

internal static class ProviderFeature
{
    /// <summary>The framework demands values where each organization has its own.</summary>
    private const string OfOrganization = "of-the-organization", NoAddress = "https://provider.invalid/";

    internal static AuthenticationBuilder AddProvider(this AuthenticationBuilder authentication, WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProviderTimes>().BindConfiguration(ProviderTimes.Section)
            .Validate(ProviderTimes.IsValid, "The section Provider holds a time outside its limits.").ValidateOnStart();
        builder.Services.AddOptions<ProviderNetworks>().BindConfiguration(ProviderTimes.Section)
            .Validate(networks => PrivateNetworks.IsValid(networks.PrivateNetworks), "Provider:PrivateNetworks is not a list of networks such as 10.1.2.0/24, separated by \";\".").ValidateOnStart();
        builder.Services.TryAddSingleton(new NameLookup(Dns.GetHostAddressesAsync));
        builder.Services.AddSingleton<ProviderClient>();
        builder.Services.AddSingleton<ProviderDocuments>();
        builder.Services.AddSingleton<IdTokens>();
        builder.Services.AddScoped<ProviderSettings>();
        builder.Services.AddScoped<ProviderJourneys>();
        builder.Services.AddScoped<ProviderExchange>();
        builder.Services.AddScoped<ProviderSteps>();
        authentication.AddOAuth<OAuthOptions, ProviderHandler>(ProviderHandler.SchemeName, Configure);
        builder.Services.AddOptions<OAuthOptions>(ProviderHandler.SchemeName).Configure<CookieRules, IOptions<ProviderTimes>>(Configure);
        return authentication;
    }

    private static void Configure(OAuthOptions options)
    {
        (options.ClientId, options.ClientSecret) = (OfOrganization, OfOrganization);
        (options.AuthorizationEndpoint, options.TokenEndpoint) = (NoAddress, NoAddress);
        options.CallbackPath = ProviderHandler.ReturnPath;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.Events.OnTicketReceived = ProviderReturn.ArriveAsync;
        options.Events.OnRemoteFailure = ProviderReturn.FailAsync;
    }

    /// <summary>The one cookie that another site's redirect brings back.</summary>
    private static void Configure(OAuthOptions options, CookieRules cookies, IOptions<ProviderTimes> times)
    {
        options.RemoteAuthenticationTimeout = times.Value.Away;
        cookies.Apply(options.CorrelationCookie, "nabij-provider.", SameSiteMode.Lax);
    }
}
