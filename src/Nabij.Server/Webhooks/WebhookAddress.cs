using System.Net;
using Nabij.Server.Pages;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Webhooks;

/// <summary>What may stand as the address of a webhook. Where its name leads is checked at each connection, not here.</summary>
internal static class WebhookAddress
{
    internal const int Longest = 500;

    /// <returns>The address in one spelling, or why not.</returns>
    internal static (string Address, Problem? Problem) Read(string typed, Reachable reachable)
    {
        var text = typed.Trim();
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") ||
            uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Host.Length == 0 || text.Any(letter => letter is <= ' ' or > '~' or '\\'))
            return (text, new Problem("problem.webhook-address", Longest).At("address"));
        if (uri.Scheme == "http" && !(uri.IsLoopback && reachable.AllowsPlainHttp))
            return (text, new Problem("problem.webhook-address", Longest).At("address"));
        var isLocalName = uri.IsLoopback && !reachable.AllowsPlainHttp;
        return isLocalName || (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var ip) && !reachable.Allows(ip))
            ? (text, new Problem("problem.webhook-private").At("address"))
            : (uri.AbsoluteUri, null);
    }
}
