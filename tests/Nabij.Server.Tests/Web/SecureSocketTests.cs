using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;

namespace Nabij.Server.Tests.Web;

public sealed class SecureSocketTests
{
    [Fact]
    public async Task Over_https_everything_speaks_http_1_and_sockets_open()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed"] });
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(server.Folder, "self-signed.crt"));
        using var visitor = server.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

        using var answer = await visitor.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == trusted.GetCertHashString();
        await socket.ConnectAsync(new Uri($"wss://{server.Address.Authority}/ws/host"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version11, answer.Version);
        Assert.Equal(WebSocketState.Open, socket.State);
        socket.Abort();
    }
}
