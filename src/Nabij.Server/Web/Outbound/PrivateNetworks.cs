using Nabij.Server.Accounts;

namespace Nabij.Server.Web.Outbound;

/// <summary>
/// Networks in CIDR, separated by ";", that this server may be made to ask although they are not public: a setting of the
/// operator, which no organization can widen.
/// </summary>
internal static class PrivateNetworks
{
    internal static bool IsValid(string setting) => AllowedNetworks.TryParse(Lines(setting), out _, out _);

    /// <summary>Null when there are none, because an empty list would stand for everywhere.</summary>
    internal static AllowedNetworks? Read(string setting) =>
        AllowedNetworks.TryParse(Lines(setting), out var networks, out _) && networks.ToString().Length > 0 ? networks : null;

    private static string Lines(string setting) => setting.Replace(';', '\n');
}
