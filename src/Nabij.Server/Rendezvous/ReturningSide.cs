using System.Net.WebSockets;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The socket of one side of a run that came back and waits for the other. Its request handler owns the socket; it is
/// either claimed for the resumed run or has left, never both. Thread-safe.
/// </summary>
internal sealed class ReturningSide
{
    private const int Waiting = 0, Claimed = 1, Left = 2;

    private readonly TaskCompletionSource<ReturningSide> _partner = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SocketCloseCode> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    /// <param name="socket">A socket on which nothing is being received.</param>
    /// <param name="side">Which side it is.</param>
    /// <param name="run">The run, 32 hex digits.</param>
    internal ReturningSide(WebSocket socket, Party side, string run)
    {
        (Socket, Side, Run) = (socket, side, run);
        // Its end is the end of the connection, so it needs no token: canceling a receive would break the socket.
        Ready = socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
    }

    internal WebSocket Socket { get; }

    internal Party Side { get; }

    internal string Run { get; }

    /// <summary>A receive of no bytes: it ends when the side says something or goes.</summary>
    internal Task<ValueWebSocketReceiveResult> Ready { get; }

    /// <summary>Completes with the other side.</summary>
    internal Task<ReturningSide> Partner => _partner.Task;

    /// <summary>Completes when the waiting has to end, with the code for the side.</summary>
    internal Task<SocketCloseCode> ToldToLeave => _told.Task;

    /// <summary>Completed by the viewer's handler when the run is over; the host's handler waits for it.</summary>
    internal TaskCompletionSource RunOver { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when the side said goodbye in good order: it will not come back.</summary>
    internal bool HasEnded => Socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable;

    internal bool TryClaim() => Interlocked.CompareExchange(ref _state, Claimed, Waiting) == Waiting;

    internal bool TryLeave() => Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting;

    internal void Meet(ReturningSide partner) => _partner.TrySetResult(partner);

    internal void Tell(SocketCloseCode code) => _told.TrySetResult(code);
}
