namespace Nabij.Server.Rendezvous;

/// <summary>
/// The answer to <see cref="IDirectory.WaitAsync"/>. With <see cref="WaitingRefusal.None"/> the customer is set and
/// <paramref name="Lease"/> is the text of a new lease, or null when the claimed one stays in force; <paramref name="Replaced"/> is the place of an older socket
/// of the same lease that has to be closed.
/// </summary>
internal sealed record WaitingOutcome(WaitingRefusal Refusal, WaitingCustomer? Customer = null, string? Lease = null, Guid? Replaced = null);
