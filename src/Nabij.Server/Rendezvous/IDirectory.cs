namespace Nabij.Server.Rendezvous;

/// <summary>
/// Which customer waits under which nameplate, for every organization (architecture.md section 5). The seam
/// behind which one node keeps it in memory and several nodes keep it in PostgreSQL. Every operation is atomic:
/// no nameplate is ever given twice, and only one technician takes a customer. Thread-safe.
/// </summary>
internal interface IDirectory
{
    /// <summary>Starts to wait, under the claimed nameplate when that is free, else under a random free one.</summary>
    ValueTask<WaitingOutcome> WaitAsync(WaitingRequest request, CancellationToken cancellation);

    /// <summary>Takes a waiting customer out of the list for one run. Unknown, expired and used nameplates are one answer.</summary>
    ValueTask<TakeOutcome> TakeAsync(Guid organization, string nameplate, CancellationToken cancellation);

    /// <summary>As <see cref="TakeAsync"/>, for a relative: nameplates that are for relatives, and those only.</summary>
    ValueTask<TakeOutcome> TakeForRelativeAsync(Guid organization, string nameplate, CancellationToken cancellation);

    /// <summary>
    /// True while this place waits or is taken: false once it has been given up, has run out, or was replaced under
    /// its lease.
    /// </summary>
    ValueTask<bool> HoldsAsync(Guid organization, Guid place, CancellationToken cancellation);

    /// <summary>
    /// The waiting or the run of this place is over. The nameplate stays reserved for its lease or goes into
    /// quarantine, as <paramref name="why"/> says; nothing happens when the place has already been given up or replaced.
    /// </summary>
    ValueTask LeaveAsync(Guid organization, Guid place, LeaveReason why, CancellationToken cancellation);

    /// <summary>The customers waiting now, longest first.</summary>
    ValueTask<IReadOnlyList<WaitingCustomer>> ListAsync(Guid organization, CancellationToken cancellation);

    /// <summary>
    /// Completes when the list may differ from the one of <paramref name="seen"/> and gives the new number to wait from.
    /// Zero completes at once.
    /// </summary>
    ValueTask<long> ChangedAsync(Guid organization, long seen, CancellationToken cancellation);
}
