using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Nabij.Server.Tests.Web;

/// <summary>The server behind a real nginx with the configuration that packaging/ offers: what depends on proxies passes.</summary>
public sealed partial class NginxTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-nginx-");
    private readonly int _port = FreePort();
    private RunningServer _server = null!;
    private Process? _nginx;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Front => new($"https://localhost:{_port}");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx"), "nginx is not installed (apt-get install nginx-light).");
        _server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--behind-proxy", "127.0.0.1", "--origin", Front.GetLeftPart(UriPartial.Authority)] });
        WriteCertificate();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nginx.conf"), await ConfigurationAsync(), Cancel);
        _nginx = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", _folder.FullName, "-c", Path.Combine(_folder.FullName, "nginx.conf"), "-e", Path.Combine(_folder.FullName, "error.log")]));
        await UntilListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is { HasExited: false })
        {
            _nginx.Kill(entireProcessTree: true);
            await _nginx.WaitForExitAsync(CancellationToken.None);
        }

        _nginx?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pages_streams_and_sockets_pass_and_what_a_visitor_claims_does_not()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");

        Assert.Contains("<h1>", await client.GetStringAsync("/o/test", Cancel), StringComparison.Ordinal);
        await SignInAsync(client);
        await StreamAsync(client);
        await SendMuchAsync(client);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", Front.GetLeftPart(UriPartial.Authority));
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        await socket.ConnectAsync(new Uri($"wss://localhost:{_port}/ws/viewer"), Cancel);
        await socket.SendBinaryAsync(new byte[] { 255 }, Cancel);
        Assert.InRange(await socket.ReceiveCloseAsync(Cancel), 4000, 4999);
    }

    private static async Task SignInAsync(HttpClient client)
    {
        var token = Visitor.FormToken(await client.GetStringAsync("/sign-in", Cancel));
        using var form = new FormUrlEncodedContent([new("antiforgery", token), new("email", RunningServer.Email), new("password", RunningServer.Password)]);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Cancel);
        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/checks?lang=en", Cancel));
        Assert.Contains("The proxy passes on who asks", page, StringComparison.Ordinal);
        Assert.Contains("You reached the server at its public address", page, StringComparison.Ordinal);
    }

    /// <summary>As much as a kept picture has gets to the server, which has its own words for what this one lacks.</summary>
    private static async Task SendMuchAsync(HttpClient client)
    {
        using var much = new ByteArrayContent(new byte[4 * 1024 * 1024]);
        using var answer = await client.PostAsync(new Uri($"/desk/sessions/{0:x32}/pictures", UriKind.Relative), much, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The first part arrives while the server still waits with the second.</summary>
    private static async Task StreamAsync(HttpClient client)
    {
        // A reader that sleeps while both parts come sees them as one: then it looks again.
        for (var left = 5; !await ComesInPartsAsync(client); left--)
            Assert.True(left > 0, "the first part never came before the second");
    }

    private static async Task<bool> ComesInPartsAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/checks/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var first = new byte[64];
        var length = await body.ReadAsync(first, Cancel);
        return !System.Text.Encoding.ASCII.GetString(first, 0, length).Contains("end", StringComparison.Ordinal);
    }

    /// <summary>The lines of packaging/nginx.conf with this test's port, certificate and server, as one process.</summary>
    private async Task<string> ConfigurationAsync()
    {
        var offered = await File.ReadAllTextAsync(Path.Combine(Repository(), "packaging", "nginx.conf"), Cancel);
        var lines = RedirectServer().Replace(offered, "")
            .Replace("listen 443 ssl", $"listen 127.0.0.1:{_port} ssl", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080", $"http://{_server.Address.Authority}", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/help.example.nl", _folder.FullName, StringComparison.Ordinal)
            .Replace("help.example.nl", "localhost", StringComparison.Ordinal);
        var own = _folder.FullName;
        return $$"""
            daemon off;
            worker_processes 1;
            pid {{own}}/nginx.pid;
            error_log {{own}}/error.log;
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path {{own}}/body;
                proxy_temp_path {{own}}/proxy;
                fastcgi_temp_path {{own}}/fastcgi;
                uwsgi_temp_path {{own}}/uwsgi;
                scgi_temp_path {{own}}/scgi;
                {{lines}}
            }
            """;
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(60));
        File.WriteAllText(Path.Combine(_folder.FullName, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private HttpClient Client() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
    })
    { BaseAddress = Front };

    private async Task UntilListeningAsync()
    {
        while (true)
        {
            Assert.False(_nginx?.HasExited ?? true, "nginx ended: " + (File.Exists(Path.Combine(_folder.FullName, "error.log")) ? await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "error.log"), Cancel) : ""));
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _port, Cancel);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Nabij.slnx");
    }

    [GeneratedRegex(@"server \{\s*listen 80;.*?\n\}", RegexOptions.Singleline)]
    private static partial Regex RedirectServer();
}
