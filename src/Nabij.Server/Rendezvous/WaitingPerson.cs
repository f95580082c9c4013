namespace Nabij.Server.Rendezvous;

/// <summary>What the waiting list shows: all three come from the customer's program and are shown as text only.</summary>
internal sealed record WaitingPerson(string Name, string Language, string Platform);
