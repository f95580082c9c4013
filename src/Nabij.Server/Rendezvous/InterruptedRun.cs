namespace Nabij.Server.Rendezvous;

/// <summary>
/// A run that may be resumed: its record, how long it may still wait, and for a viewer the right to it, as a
/// <see cref="Ticket"/> that was never handed out.
/// </summary>
internal sealed record InterruptedRun(SupportSession Session, TimeSpan Left, Ticket? Ticket);
