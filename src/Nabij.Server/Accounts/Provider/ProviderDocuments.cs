// What a provider publishes about itself (OpenID Connect Discovery 1.0, section 4): its addresses and its keys. One document
// for each issuer, read again after half a day, and at most once a minute when a key is asked for that is not in it.
// Thread-safe. The only addresses that this server ever asks are those that an owner typed and what they lead to.

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Nabij.Server.Accounts.Provider;

internal sealed class ProviderDocuments(ProviderClient client, IOptions<ProviderTimes> times, TimeProvider clock)
{
    private const string Path = "/.well-known/openid-configuration";

    /// <summary>No server has so many organizations with issuers of their own; beyond it the oldest documents go.</summary>
    private const int Most = 200;

    private readonly ConcurrentDictionary<string, Read> _read = new(StringComparer.Ordinal);

    /// <exception cref="ProviderException">It does not answer, or its document is not one of this issuer.</exception>
    internal async Task<OpenIdConnectConfiguration> FindAsync(string issuer, CancellationToken cancellation) =>
        _read.TryGetValue(issuer, out var known) && clock.GetUtcNow() < known.At + times.Value.Kept ? known.Document : await ReadAsync(issuer, cancellation);

    /// <summary>The document as it is now; null when it was read a moment ago.</summary>
    /// <exception cref="ProviderException">As above.</exception>
    internal async Task<OpenIdConnectConfiguration?> FindNewerAsync(string issuer, CancellationToken cancellation) =>
        _read.TryGetValue(issuer, out var known) && clock.GetUtcNow() < known.At + times.Value.ReadAgain ? null : await ReadAsync(issuer, cancellation);

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, CancellationToken cancellation)
    {
        OpenIdConnectConfiguration document;
        try
        {
            document = await OpenIdConnectConfigurationRetriever.GetAsync(issuer.TrimEnd('/') + Path, client.Documents(issuer), cancellation);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ArgumentException or System.Text.Json.JsonException or HttpRequestException || IsTimeout(exception, cancellation))
        {
            throw ProviderClient.Unreachable(exception, "its document or its keys cannot be read");
        }

        if (document.Issuer != issuer || document.SigningKeys.Count == 0 || !ProviderAddress.IsGood(document.AuthorizationEndpoint) || !ProviderAddress.IsGood(document.TokenEndpoint))
            throw new ProviderException(ProviderRefusal.Unreachable, "its document names another issuer, or no addresses or keys");
        if (_read.Count >= Most)
            _read.TryRemove(_read.MinBy(one => one.Value.At).Key, out _);
        _read[issuer] = new Read(document, clock.GetUtcNow());
        return document;
    }

    private static bool IsTimeout(Exception exception, CancellationToken cancellation) => exception is OperationCanceledException && !cancellation.IsCancellationRequested;

    private sealed record Read(OpenIdConnectConfiguration Document, DateTimeOffset At);
}
