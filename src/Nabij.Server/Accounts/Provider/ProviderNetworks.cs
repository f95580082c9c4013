namespace Nabij.Server.Accounts.Provider;

/// <summary>Where identity providers may stand; a setting of the operator, which owners of an organization cannot widen.</summary>
internal sealed class ProviderNetworks
{
    /// <summary>As <see cref="Web.Outbound.PrivateNetworks"/> reads them. Empty: on the public internet only.</summary>
    public string PrivateNetworks { get; set; } = "";
}
