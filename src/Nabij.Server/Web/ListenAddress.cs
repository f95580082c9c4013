using System.Globalization;
using System.Net;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>One address of --urls. A name other than localhost listens on all addresses of the machine, as Kestrel does.</summary>
internal sealed record ListenAddress(bool IsHttps, string Host, int Port)
{
    internal bool IsLocalhost => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address as an IP address, or null for a name or a wildcard.</summary>
    internal IPAddress? Ip => IPAddress.TryParse(Host, out var ip) ? ip : null;

    internal bool IsLoopback => IsLocalhost || (Ip is { } ip && IPAddress.IsLoopback(ip));

    private bool IsWildcard => Host is "*" or "+" || (Ip is { } ip && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    /// <summary>The origin that a browser would use for this address; null when the address names every interface.</summary>
    internal Origin? AsOrigin(int boundPort) => IsWildcard ? null : Origin.Create(IsHttps, Host, boundPort);

    internal static ListenAddress Parse(string text)
    {
        var withHost = text.Replace("://*", "://any.invalid", StringComparison.Ordinal).Replace("://+", "://any.invalid", StringComparison.Ordinal);
        if (!Uri.TryCreate(withHost, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            throw OperatorException.Usage($"\"{text}\" in --urls is not an address such as https://help.example.nl:443 or http://localhost:5080.");

        var host = uri.IdnHost == "any.invalid" ? "*" : uri.IdnHost.Trim('[', ']');
        return new ListenAddress(uri.Scheme == "https", host, uri.Port);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsHttps ? "https" : "http")}://{(Ip is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ? $"[{Host}]" : Host)}:{Port}");
}
