namespace Nabij.Server.Rendezvous;

/// <summary>Why a place is given up; decides whether its lease may still claim the nameplate.</summary>
internal enum LeaveReason
{
    /// <summary>The host's connection ended while it waited, or the run failed: reserved for the lease, then quarantine.</summary>
    Interrupted,

    /// <summary>The session was established: quarantine, no claim.</summary>
    Succeeded,

    /// <summary>The waiting time ran out: quarantine, no claim.</summary>
    Expired,
}
