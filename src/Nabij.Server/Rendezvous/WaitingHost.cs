using System.Net.WebSockets;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// One host's socket while it waits for a technician. The host's request handler owns the socket; exactly one party
/// may end the waiting (<see cref="TryClaimAsync"/> by the technician's handler, <see cref="TryLeave"/> by the host's),
/// and after a claim only the claimer writes, until it completes <see cref="RunOver"/>. Thread-safe.
/// </summary>
internal sealed class WaitingHost(WebSocket socket, Admission admission)
{
    private const int Waiting = 0, Claimed = 1, Left = 2;

    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SocketCloseCode> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<ValueWebSocketReceiveResult>? _ready;
    private int _state;

    internal WebSocket Socket { get; } = socket;

    internal Admission Admission { get; } = admission;

    internal Guid Organization => Admission.Organization;

    internal WaitingCustomer Customer => Admission.Customer;

    /// <summary>A receive of no bytes, pending since NAMEPLATE: it ends when the host says something or goes.</summary>
    internal Task<ValueWebSocketReceiveResult> Ready => _ready ?? throw new InvalidOperationException("The host has no NAMEPLATE yet.");

    /// <summary>Completes when a technician has claimed this host.</summary>
    internal Task ClaimedByTechnician => _claimed.Task;

    /// <summary>Completes when the waiting has to end, with the code for the host.</summary>
    internal Task<SocketCloseCode> ToldToLeave => _told.Task;

    /// <summary>Completed by the claimer when the run is over and the socket is the owner's again.</summary>
    internal TaskCompletionSource RunOver { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>NAMEPLATE has been sent: from now on the host may be claimed.</summary>
    internal void Announce(CancellationToken cancellation)
    {
        _ready = Socket.ReceiveAsync(Memory<byte>.Empty, cancellation).AsTask();
        _announced.TrySetResult();
    }

    /// <summary>
    /// Takes the host for one run; false when it has left meanwhile. Not cancellable: it ends as soon as the host's
    /// handler has sent NAMEPLATE or given up, which takes no longer than <see cref="SocketMessages.SendWait"/>.
    /// </summary>
    internal async Task<bool> TryClaimAsync()
    {
        await _announced.Task;
        if (Interlocked.CompareExchange(ref _state, Claimed, Waiting) != Waiting)
            return false;
        _claimed.TrySetResult();
        return true;
    }

    /// <summary>Ends the waiting from the host's side; false when a technician was faster.</summary>
    internal bool TryLeave()
    {
        var left = Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting;
        _announced.TrySetResult();
        return left;
    }

    internal void Tell(SocketCloseCode code) => _told.TrySetResult(code);
}
