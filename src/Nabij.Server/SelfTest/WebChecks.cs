using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Nabij.Server.Commands;
using Nabij.Server.Web;

namespace Nabij.Server.SelfTest;

/// <summary>
/// Whether the server is reached as it believes to be. It looks at the request for the page itself, and connects once to its
/// own public address to see the certificate that visitors see; it trusts nothing by that.
/// </summary>
internal sealed class WebChecks(PublicOrigin origin, RunOptions options, TimeProvider clock)
{
    private static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(3);

    /// <summary>Renewal by machine happens 30 days before the end; later than this it did not.</summary>
    private static readonly TimeSpan SoonOver = TimeSpan.FromDays(14);

    internal async Task<IReadOnlyList<Finding>> FindAsync(HttpContext context, CancellationToken cancellation) =>
        [Address(context.Request), Proxy(context.Request), await CertificateAsync(cancellation)];

    private Finding Address(HttpRequest request)
    {
        var seen = $"{request.Scheme}://{request.Host}";
        return string.Equals(seen, origin.Value.Text, StringComparison.OrdinalIgnoreCase)
            ? Finding.Good("origin.good", origin.Value.Text)
            : Finding.Bad("origin.other", seen, origin.Value.Text);
    }

    /// <summary>The framework takes away what it has believed; what is left came from somebody whom it does not believe.</summary>
    private Finding Proxy(HttpRequest request)
    {
        var believed = request.Headers.ContainsKey("X-Original-For") || request.Headers.ContainsKey("X-Original-Proto");
        if (options.Proxies.Count > 0)
            return believed ? Finding.Good("proxy.good") : Finding.Bad("proxy.silent");
        return request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("X-Forwarded-Proto")
            ? Finding.Bad("proxy.unnamed")
            : Finding.Good("proxy.none");
    }

    private async Task<Finding> CertificateAsync(CancellationToken cancellation)
    {
        if (!origin.Value.IsHttps)
            return origin.Value.IsLoopback ? Finding.Notice("certificate.local") : Finding.Bad("certificate.none");
        var errors = SslPolicyErrors.None;
        try
        {
            using var deadline = new CancellationTokenSource(ConnectWait, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            using var client = new TcpClient();
            await client.ConnectAsync(origin.Value.Host, new Uri(origin.Value.Text).Port, either.Token);
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = origin.Value.Host,
#pragma warning disable CA5359 // What is wrong with it is what is looked for; nothing is sent over this connection.
                    RemoteCertificateValidationCallback = (_, _, _, found) =>
                    {
                        errors = found;
                        return true;
                    },
#pragma warning restore CA5359
                },
                either.Token);
            return tls.RemoteCertificate is X509Certificate2 certificate ? Judge(certificate, errors) : Finding.Bad("certificate.none");
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Finding.Notice("certificate.unreachable", origin.Value.Text);
        }
    }

    private Finding Judge(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        var (now, end) = (clock.GetUtcNow(), new DateTimeOffset(certificate.NotAfter));
        var shown = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (end < now)
            return Finding.Bad("certificate.over", shown);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return Finding.Bad("certificate.name", origin.Value.Host);
        if (end - now < SoonOver)
            return Finding.Bad("certificate.soon", shown);
        return errors == SslPolicyErrors.None ? Finding.Good("certificate.good", shown) : Finding.Notice("certificate.unknown", shown);
    }
}
