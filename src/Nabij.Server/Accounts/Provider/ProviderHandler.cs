// The framework's OAuth handler (state, correlation cookie, PKCE), made to speak with the provider of the request's
// organization: its settings are rows that owners change, where the handler's own options stand for the whole server. What
// comes back is read by IdTokens and answered by ProviderReturn.

using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Nabij.Server.Accounts.Provider;

internal sealed class ProviderHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, ProviderExchange exchange)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    internal const string SchemeName = "provider";

    /// <summary>Where the provider sends the browser back to.</summary>
    internal const string ReturnPath = "/sign-in/provider/return";

    /// <summary>Asks for the document first, because the address to go to stands in it.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await exchange.EnterAsync(properties, Context.RequestAborted);
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var made = QueryHelpers.ParseQuery(new Uri(base.BuildChallengeUrl(properties, redirectUri)).Query);
        var parameters = made.ToDictionary(one => one.Key, one => (string?)one.Value.ToString(), StringComparer.Ordinal);
        return exchange.Address(parameters);
    }

    /// <summary>A refusal of ours keeps the journey, so that the page that says it can lead back.</summary>
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            return await base.HandleRemoteAuthenticateAsync();
        }
        catch (ProviderException refused) when (exchange.Properties is { } properties)
        {
            return HandleRequestResult.Fail(refused, properties);
        }
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        await exchange.EnterAsync(context.Properties, Context.RequestAborted);
        return OAuthTokenResponse.Success(await exchange.TokensAsync(context.Code, context.Properties, Context.RequestAborted));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        await exchange.PersonAsync(tokens.Response, Context.RequestAborted);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, SchemeName);
    }
}
