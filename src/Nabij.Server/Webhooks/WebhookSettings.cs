using Nabij.Server.Accounts;

namespace Nabij.Server.Webhooks;

/// <summary>What the operator of the server allows webhooks; administrators of an organization cannot widen it.</summary>
internal sealed class WebhookSettings
{
    internal const string Section = "Webhooks";

    /// <summary>Networks in CIDR, separated by ";", that webhooks may reach although they are not public. Empty: none.</summary>
    public string PrivateNetworks { get; set; } = "";

    internal static bool IsValid(WebhookSettings settings) => AllowedNetworks.TryParse(settings.Lines, out _, out _);

    /// <summary>Null when there are none, because an empty list would stand for everywhere.</summary>
    internal AllowedNetworks? Allowed => AllowedNetworks.TryParse(Lines, out var networks, out _) && networks.ToString().Length > 0 ? networks : null;

    private string Lines => PrivateNetworks.Replace(';', '\n');
}
