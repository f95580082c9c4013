using System.Net;
using System.Net.Sockets;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// What counts as one source for the limits of security.md 5.5: an IPv4 address, or the /64 of an IPv6 address,
/// since one customer line usually has a whole /64. An IPv4 address mapped into IPv6 is the IPv4 address.
/// </summary>
internal static class AddressKey
{
    private const int PrefixLength = 8;

    /// <summary>A text that is equal for addresses of one source; <c>unknown</c> for a connection without an address.</summary>
    internal static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixLength..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
