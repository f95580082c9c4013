namespace Nabij.Server.Rendezvous;

/// <summary>The state of one nameplate that is not free. Changed only by <see cref="NameplateBoard"/>, under its lock.</summary>
internal sealed class NameplateEntry
{
    internal required WaitingCustomer Customer { get; set; }

    internal required string Address { get; set; }

    /// <summary>SHA-256 of the lease that may claim this nameplate again; null when nobody may.</summary>
    internal required string? LeaseFingerprint { get; set; }

    internal required NameplateState State { get; set; }

    /// <summary>When the state ends by itself: waiting and run become quarantine, quarantine becomes free.</summary>
    internal required DateTimeOffset Until { get; set; }
}
