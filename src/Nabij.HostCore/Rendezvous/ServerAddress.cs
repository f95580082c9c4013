using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Nabij.HostCore.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// The road to the organization's server: over the system's proxy where there is one, with the system's trust in
/// certificates, or with one pinned certificate for tests. Keeps no cookies and follows no redirects. Thread-safe.
/// </summary>
public sealed class ServerAddress : IDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);
    // A road that died without a word (sleep, another network) is noticed within these two together.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20), LongestPong = TimeSpan.FromSeconds(20);
    // Linux: how many bytes may wait unsent in the kernel before a send waits as well, so that pictures queue with us.
    private const int TcpLevel = 6, NotSentLowWater = 25, NotSentBytes = 16 * 1024;

    private readonly SocketsHttpHandler handler;
    private readonly Uri host;

    /// <param name="server">Origin of the server, http or https.</param>
    /// <param name="pinned">A certificate to trust for it, or null for the system's trust.</param>
    public ServerAddress(Uri server, X509Certificate2? pinned = null)
    {
        var scheme = server.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        host = new UriBuilder(server) { Scheme = scheme, Path = "/ws/host", Port = server.Port }.Uri;
        handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTime,
            ConnectCallback = ConnectAsync,
        };
        if (pinned is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) => IsTrusted(pinned, shown, errors);
        Http = new HttpClient(handler, disposeHandler: false) { Timeout = ConnectTime + ConnectTime };
    }

    /// <summary>For the pages that the host asks before (chapter 01).</summary>
    public HttpClient Http { get; }

    /// <summary>Opens the host's socket.</summary>
    /// <exception cref="WebSocketException">It cannot be opened; the inner exception says why.</exception>
    public async Task<ITransport> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = LongestPong;
        try
        {
            using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
            await socket.ConnectAsync(host, invoker, cancellationToken).ConfigureAwait(false);
            return new WebSocketTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    // The very certificate of the file, or one that it signed; the name must fit in any case.
    private static bool IsTrusted(X509Certificate2 pinned, X509Certificate? shown, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return false;
        if (shown.GetRawCertData().AsSpan().SequenceEqual(pinned.RawData)) return true;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(pinned);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(certificate);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(TcpLevel, NotSentLowWater, BitConverter.GetBytes(NotSentBytes));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
