using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// How we ask a provider, whose addresses an owner typed or it named itself: over checked connections, no redirects, no proxy,
/// little patience, small answers. Thread-safe.
/// </summary>
internal sealed class ProviderClient : IDisposable
{
    /// <summary>Far above any document, key set or token answer.</summary>
    private const int LongestAnswer = 256 * 1024;

    private readonly HttpClient _client;

    public ProviderClient(IOptions<ProviderTimes> times, IOptions<ProviderNetworks> networks, NameLookup names) =>
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Where a name leads is asked again after a while.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = new CheckedConnection(names, new Reachable(PrivateNetworks.Read(networks.Value.PrivateNetworks))).ConnectAsync,
        })
        {
            Timeout = times.Value.Answer,
            MaxResponseContentBufferSize = LongestAnswer,
        };

    internal HttpDocumentRetriever Documents(string issuer) => new(_client) { RequireHttps = ProviderAddress.IsHttps(issuer) };

    /// <exception cref="ProviderException">It does not answer.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _client.SendAsync(request, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Unreachable(exception, "its token address does not answer");
        }
    }

    /// <summary>What stands in the audit chain: an address that was not asked at all, which the operator can allow, or these words.</summary>
    internal static ProviderException Unreachable(Exception exception, string words)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            if (one is RefusedAddressException)
                return new ProviderException(ProviderRefusal.Private, "its address is in no public network, and not in Provider:PrivateNetworks");
        }

        return new ProviderException(ProviderRefusal.Unreachable, words);
    }

    public void Dispose() => _client.Dispose();
}
