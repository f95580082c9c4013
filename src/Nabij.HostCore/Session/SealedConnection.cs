using System.Security.Cryptography;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// Records over a transport (docs/protocol/03 and 04): one task reads and opens, one takes from the queues, seals and
/// writes, and a timer keeps the line alive. After a resume RESUMED goes first in both directions, and nothing else
/// leaves before the viewer's has come. Ends when CLOSE has gone out, the transport ends, or the peer is silent.
/// </summary>
internal sealed class SealedConnection : IAsyncDisposable
{
    /// <summary>KEEPALIVE after so long without sending; lost after so long without hearing (chapter 04).</summary>
    private static readonly TimeSpan KeepaliveAfter = TimeSpan.FromSeconds(5), LostAfter = TimeSpan.FromSeconds(15);
    /// <summary>After CLOSE the record gets this long to leave (chapter 04).</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ITransport transport;
    private readonly SendQueues queues;
    private readonly TimeProvider time;
    private readonly RecordSealer sealer;
    private readonly MessageReceiver receiver;
    private readonly byte[] payload = new byte[RecordLimits.LargestPayload];
    private readonly byte[] outgoing = new byte[RecordLimits.LargestRecord];
    private readonly byte[] incoming = new byte[RecordLimits.LargestRecord];
    private readonly CancellationTokenSource ending = new();
    private readonly Action? resumed;
    private readonly TaskCompletionSource peerIsBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastSent, lastHeard, lastHeardClock;
    private ITimer? closeTimer;
    private volatile bool hasSaidClose;
    private SessionEnd? told;

    /// <param name="transport">The road; this object's from here on.</param>
    /// <param name="keys">Of this connection.</param>
    /// <param name="queues">What waits to be sent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="resumed">After a resume only: runs when the viewer's RESUMED has opened, on the reader's thread.</param>
    public SealedConnection(ITransport transport, SessionKeys keys, SendQueues queues, TimeProvider time, Action? resumed = null)
    {
        this.transport = transport;
        this.queues = queues;
        this.time = time;
        this.resumed = resumed;
        sealer = keys.TakeSealer(time);
        receiver = new MessageReceiver(keys.TakeOpener());
        lastSent = time.GetTimestamp();
        NoteHeard();
        // On another thread: who puts a message may hold locks that the end of the connection needs.
        queues.ControlFull = () => ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Abort(), this, preferLocal: false);
    }

    /// <summary>When the viewer was last heard, on both clocks: a computer that slept has not heard it for as long as it slept.</summary>
    public Moment LastHeard => new(Volatile.Read(ref lastHeard), new DateTimeOffset(Volatile.Read(ref lastHeardClock), TimeSpan.Zero));

    /// <summary>Whether a last answer of the viewer's is worth a second after CLOSE.</summary>
    public Func<bool> AwaitsAnswer { get; set; } = static () => false;

    /// <summary>The viewer has said CLOSE; true when it may still answer what is put into the queue now.</summary>
    public Func<SessionEnd, bool> ViewerClosed { get; set; } = static _ => false;

    /// <summary>Takes one whole message of the viewer. Throwing <see cref="WireFormatException"/> ends the connection.</summary>
    public delegate void Taker(Channel channel, ReadOnlySpan<byte> message);

    /// <summary>Runs until the connection is over; says why from this side's point of view. What <paramref name="take"/> throws unexpectedly comes out when the connection has ended.</summary>
    public async Task<SessionEnd> RunAsync(Taker take, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(static state => ((SealedConnection)state!).Abort(), this);
        await using var tick = time.CreateTimer(_ => KeepAlive(), null, Tick, Tick);
        var writing = WriteAsync(ending.Token);
        SessionEnd? end = null;
        try
        {
            end = await ReadAsync(take, ending.Token).ConfigureAwait(false);
            return end.Value;
        }
        finally
        {
            // Without an end there was a fault of our own, which the caller tells; the viewer is told that the program left.
            if (end is null) queues.PutControl(new Close(EndReason.ProgramClosed).Encode());
            if (end is null or SessionEnd.ProtocolError) await LetCloseLeave(writing).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
            // A lost connection says no goodbye: that would be the end of the session, which may go on.
            if (end is SessionEnd.ConnectionLost && !hasSaidClose) transport.Abort();
            else await transport.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection at once, from any thread.</summary>
    public void Abort()
    {
        transport.Abort();
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Nothing more is awaited after CLOSE.</summary>
    public void Leave()
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>CLOSE is in the queue: the connection ends when it has left, or after a second.</summary>
    public void EndSoon() => closeTimer ??= time.CreateTimer(_ => Abort(), null, CloseGrace, Timeout.InfiniteTimeSpan);

    public async ValueTask DisposeAsync()
    {
        closeTimer?.Dispose();
        sealer.Dispose();
        receiver.Dispose();
        CryptographicOperations.ZeroMemory(payload);
        ending.Dispose();
        await transport.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<SessionEnd> ReadAsync(Taker take, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var arrival = await transport.ReceiveAsync(incoming, cancellationToken).ConfigureAwait(false);
                if (arrival.Kind is ArrivalKind.Closed or ArrivalKind.Lost) return told ?? SessionEnd.ConnectionLost;
                // A computer that slept finds what came before it fell asleep: the line is lost for as long as it slept.
                if (LastHeard.Elapsed(time) >= LostAfter) return told ?? SessionEnd.ConnectionLost;
                if (arrival.Kind != ArrivalKind.Binary) throw new RecordRefusedException();
                NoteHeard();
                if (Open(take, arrival.Length) is { } end) return end;
            }
        }
        catch (OperationCanceledException)
        {
            return told ?? SessionEnd.ConnectionLost;
        }
        catch (RecordRefusedException)
        {
            Abort();
            return SessionEnd.ProtocolError;
        }
        catch (WireFormatException)
        {
            queues.PutControl(new Close(EndReason.ProtocolError).Encode());
            return SessionEnd.ProtocolError;
        }
    }

    private SessionEnd? Open(Taker take, int length)
    {
        var message = receiver.Receive(incoming.AsSpan(0, length));
        if (!message.IsWhole) return null;
        if (resumed is not null && !peerIsBack.Task.IsCompleted)
        {
            // The opener lets nothing but RESUMED through as the first.
            resumed();
            peerIsBack.TrySetResult();
            return null;
        }
        take(message.Channel, message.Payload);
        if (message.Channel != Channel.Control || message.Payload[0] != (byte)ControlMessageType.Close) return null;
        var close = (Close)ControlMessage.Decode(message.Payload, Party.Viewer);
        var end = (SessionEnd)close.Reason;
        if (told is not null || !ViewerClosed(end)) return told ?? end;
        told = end;
        EndSoon();
        return null;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (resumed is not null) await SayResumedAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                await queues.WaitAsync(cancellationToken).ConfigureAwait(false);
                while (SealNext(out var length, out var isClose))
                {
                    await transport.SendAsync(outgoing.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                    Volatile.Write(ref lastSent, time.GetTimestamp());
                    if (!isClose) continue;
                    hasSaidClose = true;
                    if (AwaitsAnswer()) return; // the reader ends the connection, or the timer
                    await transport.CloseAsync(cancellationToken).ConfigureAwait(false);
                    await ending.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The reader says why the connection ended.
            transport.Abort();
        }
        catch
        {
            // A fault of our own, which RunAsync tells: the reader must not wait for a line that carries nothing any more.
            Abort();
            throw;
        }
    }

    private async Task SayResumedAsync(CancellationToken cancellationToken)
    {
        var length = sealer.Seal(Channel.Control, false, new Resumed().Encode(), outgoing);
        await transport.SendAsync(outgoing.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        await peerIsBack.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool SealNext(out int length, out bool isClose)
    {
        (length, isClose) = (0, false);
        if (sealer.IsEpochFull)
        {
            length = sealer.SealKeyUpdate(outgoing);
            return true;
        }
        if (sealer.IsEpochOld)
        {
            // Nothing is taken while the epoch is old: what is put from here on signals the writer again.
            if (!queues.HasAnything) return false;
            length = sealer.SealKeyUpdate(outgoing);
            return true;
        }
        if (!queues.TryTake(payload, out var channel, out var hasMore, out var bytes)) return false;
        isClose = channel == Channel.Control && payload[0] == (byte)ControlMessageType.Close;
        length = sealer.Seal(channel, hasMore, payload.AsSpan(0, bytes), outgoing);
        return true;
    }

    private void KeepAlive()
    {
        if (LastHeard.Elapsed(time) >= LostAfter)
            Abort();
        else if (time.GetElapsedTime(Volatile.Read(ref lastSent)) >= KeepaliveAfter)
            queues.PutControl(new Keepalive().Encode());
    }

    private void NoteHeard()
    {
        Volatile.Write(ref lastHeard, time.GetTimestamp());
        Volatile.Write(ref lastHeardClock, time.GetUtcNow().Ticks);
    }

    private async Task LetCloseLeave(Task writing)
    {
        try
        {
            await writing.WaitAsync(CloseGrace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abort();
        }
    }
}
