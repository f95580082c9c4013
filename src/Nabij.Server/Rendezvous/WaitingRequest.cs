namespace Nabij.Server.Rendezvous;

/// <summary>A wish to wait. <paramref name="Address"/> is the key of <see cref="AddressKey"/>, for the limit per address.</summary>
internal sealed record WaitingRequest(Guid Organization, WaitingPerson Person, string Address, Lease? Claim);
