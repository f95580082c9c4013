using System.Net;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>
/// Plain http is for this machine and for the named TLS proxies only: a request that comes past the proxy is refused,
/// so that nobody can pretend to be forwarded.
/// </summary>
internal sealed class PlainHttpGuard(RequestDelegate next, RunOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || IsTrusted(context.Connection.RemoteIpAddress))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool IsTrusted(IPAddress? address)
    {
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || options.Proxies.Contains(plain);
    }
}
