namespace Nabij.Server.Webhooks;

/// <summary>What the operator of the server allows webhooks; administrators of an organization cannot widen it.</summary>
internal sealed class WebhookSettings
{
    internal const string Section = "Webhooks";

    /// <summary>As <see cref="Web.Outbound.PrivateNetworks"/> reads them. Empty: none.</summary>
    public string PrivateNetworks { get; set; } = "";
}
