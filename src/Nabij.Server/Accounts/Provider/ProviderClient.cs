using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace Nabij.Server.Accounts.Provider;

/// <summary>How we ask a provider: no redirects, little patience, small answers. Thread-safe.</summary>
internal sealed class ProviderClient : IDisposable
{
    /// <summary>Far above any document, key set or token answer.</summary>
    private const int LongestAnswer = 256 * 1024;

    private readonly HttpClient _client;

    public ProviderClient(IOptions<ProviderTimes> times) => _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
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
            throw new ProviderException(ProviderRefusal.Unreachable, "its token address does not answer");
        }
    }

    public void Dispose() => _client.Dispose();
}
