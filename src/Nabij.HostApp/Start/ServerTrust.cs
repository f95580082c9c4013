using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Nabij.HostApp.Flow;

namespace Nabij.HostApp.Start;

/// <summary>
/// The road to the server: the system's proxy and the system's trust in certificates, and beside it one certificate
/// that an option names. No redirects, no cookies. No trust store is ever touched.
/// </summary>
internal static class ServerTrust
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(15);

    /// <summary>The handler of every connection, also of the WebSocket. The caller disposes it at the end of the program.</summary>
    public static SocketsHttpHandler Open(X509Certificate2? extra)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectPatience,
        };
        if (extra is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(extra, certificate, errors);
        return handler;
    }

    public static HttpClient Client(SocketsHttpHandler handler) => new(handler, disposeHandler: false)
    {
        Timeout = ShopServer.Patience,
        MaxResponseContentBufferSize = ShopServer.LargestAnswer,
    };

    private static bool IsTrusted(X509Certificate2 extra, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(extra);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var offered = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(offered);
    }
}
