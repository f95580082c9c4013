// Sends one message to an address that an administrator typed, over a checked connection. No redirect is followed, no proxy
// and no cookie is used, and of the answer only its status is read.

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Webhooks;

internal sealed class WebhookPost : IDisposable
{
    /// <summary>From the connection to the answer's head.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MostHeaderKilobytes = 16, MostDrainedBytes = 4096, ConnectionsPerServer = 4;

    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookPost(NameLookup names, Reachable reachable, TimeProvider clock)
    {
        _clock = clock;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = MostDrainedBytes,
            MaxConnectionsPerServer = ConnectionsPerServer,
            // Where a name leads is asked again after a while.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
            ConnectCallback = new CheckedConnection(names, reachable).ConnectAsync,
        };
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostDrainedBytes };
    }

    public void Dispose() => _client.Dispose();

    /// <param name="address">Where to.</param>
    /// <param name="message">Id and body as they are signed.</param>
    /// <param name="secrets">Each signs; at least one.</param>
    /// <param name="cancellation">The server stops.</param>
    internal async Task<PostOutcome> SendAsync(Uri address, (string Id, string Body) message, IReadOnlyList<string> secrets, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var request = Request(address, message, secrets);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new PostOutcome(PostOutcome.Answered, (int)answer.StatusCode, RetryAfter(answer));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PostOutcome(PostOutcome.Timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new PostOutcome(Word(exception));
        }
    }

    private HttpRequestMessage Request(Uri address, (string Id, string Body) message, IReadOnlyList<string> secrets)
    {
        var now = _clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, string.Join(' ', secrets.Select(secret => WebhookSignature.Sign(secret, (message.Id, now), message.Body))));
        request.Headers.UserAgent.ParseAdd("nabij-webhook/1");
        return request;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - _clock.GetUtcNow(),
        _ => null,
    };

    private static string Word(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case RefusedAddressException:
                    return PostOutcome.RefusedAddress;
                case System.Security.Authentication.AuthenticationException:
                    return PostOutcome.Tls;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return PostOutcome.UnknownName;
                case SocketException:
                    return PostOutcome.Unreachable;
                default:
                    break;
            }
        }

        return PostOutcome.Broken;
    }
}
