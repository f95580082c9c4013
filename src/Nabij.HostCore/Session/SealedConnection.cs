using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// Records over a transport (docs/protocol/03 and 04): one task reads and opens, one takes from the queues, seals and
/// writes, and a timer keeps the line alive. Ends when CLOSE has gone out, the transport ends, or the peer is silent.
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
    private long lastSent, lastHeard;
    private ITimer? closeTimer;

    public SealedConnection(ITransport transport, SessionKeys keys, SendQueues queues, TimeProvider time)
    {
        this.transport = transport;
        this.queues = queues;
        this.time = time;
        sealer = keys.TakeSealer(time);
        receiver = new MessageReceiver(keys.TakeOpener());
        lastSent = lastHeard = time.GetTimestamp();
        // On another thread: who puts a message may hold locks that the end of the connection needs.
        queues.ControlFull = () => ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Abort(), this, preferLocal: false);
    }

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
            await transport.CloseAsync(CancellationToken.None).ConfigureAwait(false);
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
                if (arrival.Kind is ArrivalKind.Closed or ArrivalKind.Lost) return SessionEnd.ConnectionLost;
                if (arrival.Kind != ArrivalKind.Binary) throw new RecordRefusedException();
                Volatile.Write(ref lastHeard, time.GetTimestamp());
                if (Open(take, arrival.Length) is { } end) return end;
            }
        }
        catch (OperationCanceledException)
        {
            return SessionEnd.ConnectionLost;
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
        take(message.Channel, message.Payload);
        if (message.Channel != Channel.Control || message.Payload[0] != (byte)ControlMessageType.Close) return null;
        var close = (Close)ControlMessage.Decode(message.Payload, Party.Viewer);
        return (SessionEnd)close.Reason;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await queues.WaitAsync(cancellationToken).ConfigureAwait(false);
                while (SealNext(out var length, out var isClose))
                {
                    await transport.SendAsync(outgoing.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                    Volatile.Write(ref lastSent, time.GetTimestamp());
                    if (!isClose) continue;
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
        if (time.GetElapsedTime(Volatile.Read(ref lastHeard)) >= LostAfter)
            Abort();
        else if (time.GetElapsedTime(Volatile.Read(ref lastSent)) >= KeepaliveAfter)
            queues.PutControl(new Keepalive().Encode());
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
