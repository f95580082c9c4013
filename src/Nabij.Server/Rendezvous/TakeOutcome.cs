namespace Nabij.Server.Rendezvous;

/// <summary>The answer to <see cref="IDirectory.TakeAsync"/>: a customer, or busy (a run is going on), or neither (unknown).</summary>
internal readonly record struct TakeOutcome(WaitingCustomer? Customer, bool Busy);
