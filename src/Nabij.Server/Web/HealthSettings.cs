using System.Net;
using Nabij.Server.Web.Outbound;

namespace Nabij.Server.Web;

/// <summary>Who besides this machine may ask whether the server is well; a setting of the operator.</summary>
internal sealed class HealthSettings
{
    internal const string Section = "Health";

    /// <summary>Addresses and networks in CIDR, separated by ";", of monitors and load balancers. Empty: this machine only.</summary>
    public string Networks { get; set; } = "";

    internal static bool IsValid(HealthSettings settings) => PrivateNetworks.IsValid(settings.Networks);

    internal bool Lists(IPAddress? address) => PrivateNetworks.Read(Networks)?.Contains(address) == true;
}
