using System.Globalization;
using System.Net;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>
/// A web origin in the one spelling that the handshake binds (docs/protocol/02): scheme, lower-case host, the port
/// only when it is not the scheme's own, no slash at the end, at most 255 bytes.
/// </summary>
internal sealed record Origin
{
    private const int MaximumLength = 255;

    private Origin(bool isHttps, string host, string text)
    {
        IsHttps = isHttps;
        Host = host;
        Text = text;
    }

    internal bool IsHttps { get; }

    /// <summary>Host name or IP address, without brackets.</summary>
    internal string Host { get; }

    internal string Text { get; }

    /// <summary>The same origin for WebSockets: wss: for https:, ws: for http:.</summary>
    internal string SocketText => string.Concat("ws", Text.AsSpan("http".Length));

    internal bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    internal static Origin Create(bool isHttps, string host, int port)
    {
        var shown = IPAddress.TryParse(host, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : host.ToLowerInvariant();
        var suffix = port == (isHttps ? 443 : 80) ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}");
        return new Origin(isHttps, host.ToLowerInvariant(), $"{(isHttps ? "https" : "http")}://{shown}{suffix}");
    }

    internal static Origin Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ||
            uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || text.Length > MaximumLength)
            throw OperatorException.Usage($"\"{text}\" is not an origin such as https://help.example.nl: a scheme and a name, without a path.");
        return Create(uri.Scheme == "https", uri.IdnHost.Trim('[', ']'), uri.Port);
    }

    public override string ToString() => Text;
}
