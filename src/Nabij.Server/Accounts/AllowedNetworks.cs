using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Nabij.Server.Accounts;

/// <summary>From where people may work: single addresses and networks in CIDR, one a line; none is anywhere. Immutable.</summary>
public sealed class AllowedNetworks
{
    /// <summary>More than any shop has, and few enough to look through at each request.</summary>
    internal const int Most = 50;

    internal static readonly AllowedNetworks Anywhere = new([]);

    private readonly IReadOnlyList<IPNetwork> _networks;

    private AllowedNetworks(IReadOnlyList<IPNetwork> networks) => _networks = networks;

    /// <summary>An address that is not known is in none.</summary>
    internal bool Contains(IPAddress? address)
    {
        if (_networks.Count == 0)
            return true;
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    /// <summary>False with the line that is no network; bits of an address beyond the length of its network do not count.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out AllowedNetworks? networks, out string wrongLine)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (networks, wrongLine) = (null, lines.Length > Most ? lines[Most] : "");
        if (wrongLine.Length > 0)
            return false;
        var found = new List<IPNetwork>();
        foreach (var line in lines)
        {
            wrongLine = line;
            if (IPAddress.TryParse(line, out var single))
                found.Add(new IPNetwork(single, single.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(line, out var network))
                found.Add(network);
            else
                return false;
        }

        (networks, wrongLine) = (new AllowedNetworks(found), "");
        return true;
    }

    /// <summary>Networks that the database holds; damaged ones admit nobody rather than everybody.</summary>
    internal static AllowedNetworks Stored(string text) => TryParse(text, out var networks, out _) ? networks : new AllowedNetworks([new IPNetwork(IPAddress.None, 32)]);

    public override string ToString() => string.Join('\n', _networks.Select(network => network.ToString()));
}
