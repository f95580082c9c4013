using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Nabij.Server.Organizations;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Provider;

/// <summary>The conversation with one organization's provider during one request: where to go, the code for tokens, the tokens for a person.</summary>
internal sealed class ProviderExchange(
    OrganizationEntry entry, ProviderJourneys journeys, ProviderSettings settings, ProviderDocuments documents, ProviderClient client, IdTokens tokens, PublicOrigin origin)
{
    private const string Basic = "client_secret_basic", Post = "client_secret_post";

    private (Organization Organization, IdentityProvider Provider, OpenIdConnectConfiguration Document)? _of;

    /// <summary>What the person was sent away with; null before anybody entered.</summary>
    internal AuthenticationProperties? Properties { get; private set; }

    /// <summary>Known once <see cref="PersonAsync"/> has succeeded.</summary>
    internal ProviderPerson? Person { get; private set; }

    private (Organization Organization, IdentityProvider Provider, OpenIdConnectConfiguration Document) Of => _of ?? throw new InvalidOperationException("Nobody entered.");

    /// <exception cref="ProviderException">The organization has no provider any more, or it does not answer.</exception>
    internal async Task EnterAsync(AuthenticationProperties properties, CancellationToken cancellation)
    {
        Properties = properties;
        if (await journeys.TakeAsync(properties, cancellation) is not { } journey || await entry.FindAsync(journey.OrganizationId, cancellation) is not { } organization ||
            await settings.FindAsync(cancellation) is not { } provider)
            throw new ProviderException(ProviderRefusal.Late, "nobody set out so, or the organization has no provider");
        _of = (organization, provider, await documents.FindAsync(provider.Issuer, cancellation));
    }

    /// <summary>The framework's parameters with this provider's client, our only origin, and the nonce.</summary>
    internal string Address(Dictionary<string, string?> parameters)
    {
        var journey = journeys.Current ?? throw new InvalidOperationException("No journey.");
        parameters["client_id"] = Of.Provider.ClientId;
        parameters["redirect_uri"] = RedirectUri;
        parameters["scope"] = "openid email";
        parameters["nonce"] = journey.Nonce;
        if (journey.Purpose == ProviderPurpose.Confirm)
            (parameters["prompt"], parameters["max_age"]) = ("login", "0");
        return QueryHelpers.AddQueryString(Of.Document.AuthorizationEndpoint, parameters);
    }

    /// <exception cref="ProviderException">It refuses the code, or answers something else.</exception>
    internal async Task<JsonDocument> TokensAsync(string code, AuthenticationProperties properties, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Of.Document.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = properties.Items.TryGetValue(OAuthConstants.CodeVerifierKey, out var verifier) ? verifier ?? "" : "",
        };
        Identify(request, fields);
        request.Content = new FormUrlEncodedContent(fields);
        using var answer = await client.SendAsync(request, cancellation);
        try
        {
            if (answer.IsSuccessStatusCode)
                return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (JsonException)
        {
            throw new ProviderException(ProviderRefusal.Unreachable, "its token answer is no JSON");
        }

        throw new ProviderException(ProviderRefusal.Unreachable, $"it refuses the code: {(int)answer.StatusCode}");
    }

    /// <exception cref="ProviderException">There is no id token, or it is not to be trusted.</exception>
    internal async Task PersonAsync(JsonDocument? answer, CancellationToken cancellation)
    {
        var token = answer is not null && answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("id_token", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? "" : "";
        Person = await tokens.ReadAsync(Of.Provider, token, journeys.Current?.Nonce ?? "", cancellation);
    }

    private string RedirectUri => origin.Value.Text + ProviderHandler.ReturnPath;

    /// <summary>RFC 6749, 2.3.1: in the header unless the provider takes it in the body only. Without a secret by name alone.</summary>
    private void Identify(HttpRequestMessage request, Dictionary<string, string> fields)
    {
        var secret = settings.Secret(Of.Provider, Of.Organization.Slug);
        var ways = Of.Document.TokenEndpointAuthMethodsSupported;
        if (secret.Length > 0 && (ways.Count == 0 || ways.Contains(Basic) || !ways.Contains(Post)))
        {
            var pair = $"{Uri.EscapeDataString(Of.Provider.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
            return;
        }

        fields["client_id"] = Of.Provider.ClientId;
        if (secret.Length > 0)
            fields["client_secret"] = secret;
    }
}
