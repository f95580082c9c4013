using Nabij.Server.Rendezvous;

namespace Nabij.Server.Relay;

/// <summary>
/// What all runs of one organization share, each direction by itself: pictures that fill the one must not hold up the
/// technician's hand on the other.
/// </summary>
internal sealed class OrganizationBudgets(Limits limits, TimeProvider time)
{
    internal ByteBudget FromHosts { get; } = new(limits.RelayOrganizationBitsPerSecond, limits.RelayOrganizationBitsPerSecond, time);

    internal ByteBudget FromViewers { get; } = new(limits.RelayOrganizationBitsPerSecond, limits.RelayOrganizationBitsPerSecond, time);
}
