namespace Nabij.Server.Rendezvous;

/// <summary>One line of the waiting list. <paramref name="Place"/> names this waiting (one socket), not the nameplate.</summary>
internal sealed record WaitingCustomer(Guid Place, string Nameplate, WaitingPerson Person, DateTimeOffset Since, DateTimeOffset Expires);
