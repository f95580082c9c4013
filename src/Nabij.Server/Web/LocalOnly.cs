using System.Net;
using Microsoft.Extensions.Options;

namespace Nabij.Server.Web;

/// <summary>
/// Marks an endpoint that only this machine may see (architecture.md 3), or that and the networks which the operator listed:
/// for everybody else it does not exist. Asked after the forwarded headers have been read, so that a proxy on this machine does
/// not lend its address to its visitors.
/// </summary>
internal sealed class LocalOnly
{
    internal static readonly LocalOnly Mark = new(), OrListed = new();

    internal static bool IsLoopback(HttpContext context) => context.Connection.RemoteIpAddress is { } address &&
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    internal static bool IsListed(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<HealthSettings>>().Value.Lists(context.Connection.RemoteIpAddress);

    internal bool Admits(HttpContext context) => IsLoopback(context) || (this == OrListed && IsListed(context));
}
