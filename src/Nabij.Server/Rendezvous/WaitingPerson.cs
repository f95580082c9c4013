using Nabij.Protocol.People;

namespace Nabij.Server.Rendezvous;

/// <summary>What the waiting list shows: all three come from the customer's program and are shown as text only.</summary>
internal sealed record WaitingPerson(string Name, string Language, string Platform)
{
    /// <summary>For whom the nameplate is, of one more participant in a running session, who is in no list; null for a customer who waits.</summary>
    internal ParticipantRole? Invites { get; init; }
}
