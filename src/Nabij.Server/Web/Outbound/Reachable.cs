using System.Net;
using System.Net.Sockets;
using Nabij.Server.Accounts;

namespace Nabij.Server.Web.Outbound;

/// <summary>
/// Which addresses this server may be made to ask: those of the public internet, and what the operator allows besides (the special-purpose
/// registries of IANA, RFC 6890). An address that people of an organization typed must not make the server ask its own network. Thread-safe.
/// </summary>
/// <param name="allowed">What the operator allows besides; null: nothing.</param>
internal sealed class Reachable(AllowedNetworks? allowed)
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Global unicast: everything else of IPv6 is special, the forms that hold an IPv4 address among it.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    internal bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IsPublic(plain) || allowed?.Contains(plain) == true;
    }

    /// <summary>Plain http is for trying things out on this machine, where the operator allows it.</summary>
    internal bool AllowsPlainHttp => allowed?.Contains(IPAddress.Loopback) == true;

    private static bool IsPublic(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 &&
        (address.AddressFamily == AddressFamily.InterNetwork || Global6.Contains(address)) && !NotPublic.Any(network => network.Contains(address));
}
