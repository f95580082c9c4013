using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Rendezvous;

/// <summary>A host that may wait: where, under which lease (the text that NAMEPLATE carries), and what it offers.</summary>
internal sealed record Admission(Guid Organization, WaitingCustomer Customer, string Lease, HostOffer Offered)
{
    internal Admission(Guid organization, WaitingCustomer customer, string lease, Register registered)
        : this(organization, customer, lease, new HostOffer(registered.SidC, registered.Versions, registered.Suites, registered.Program) { IsClaim = registered.Lease is not null })
    {
    }

    /// <summary>The run by which one more participant was invited; null for a customer who waits.</summary>
    internal SupportSession? InvitedBy { get; init; }

    /// <summary>The consent record that the server stored, SHA-256 in hex.</summary>
    internal required string ConsentHash { get; init; }

    /// <summary>The place of an older socket of the same lease, which has to go.</summary>
    internal Guid? Replaced { get; init; }

    // The lease is a secret: it belongs in no log and no exception text.
    public override string ToString() => $"admission to {Customer.Nameplate}";
}
