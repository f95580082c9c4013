using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Rendezvous;

/// <summary>A host that may wait: where, under which lease (the text that NAMEPLATE carries), and what it registered.</summary>
internal sealed record Admission(Guid Organization, WaitingCustomer Customer, string Lease, Register Registered)
{
    /// <summary>The consent record that the server stored, SHA-256 in hex.</summary>
    internal required string ConsentHash { get; init; }

    /// <summary>The place of an older socket of the same lease, which has to go.</summary>
    internal Guid? Replaced { get; init; }

    // The lease is a secret: it belongs in no log and no exception text.
    public override string ToString() => $"admission to {Customer.Nameplate}";
}
