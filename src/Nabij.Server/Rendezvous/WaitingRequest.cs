namespace Nabij.Server.Rendezvous;

/// <summary>A wish to wait. <paramref name="Address"/> is a source as <see cref="Web.RateLimits.AddressKey"/> names it, for the limit per address.</summary>
internal sealed record WaitingRequest(Guid Organization, WaitingPerson Person, string Address, Lease? Claim);
