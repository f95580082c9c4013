using System.Diagnostics;
using System.Threading.Channels;
using Nabij.HostCore.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>One end of a road of messages in memory. The road can be stalled (sends wait, as on a full TCP window) and cut.</summary>
internal sealed class MemoryTransport : ITransport
{
    private readonly Channel<(bool IsText, byte[] Bytes)> incoming = Channel.CreateBounded<(bool, byte[])>(4096);
    private readonly CancellationTokenSource cut = new();
    private MemoryTransport other = null!;
    private volatile TaskCompletionSource? stall;

    private readonly List<long> sendTimes = [];
    private int closeCode = 1000, waits, sends;
    private volatile bool isLeft;

    public static (MemoryTransport Host, MemoryTransport Peer) CreatePair()
    {
        var (host, peer) = (new MemoryTransport(), new MemoryTransport());
        (host.other, peer.other) = (peer, host);
        return (host, peer);
    }

    /// <summary>This end has dealt with everything that was sent to it, and waits for more.</summary>
    public bool IsIdle => Volatile.Read(ref waits) > Volatile.Read(ref other.sends);

    /// <summary>How many messages this end has sent, or tried to.</summary>
    public int Sends => Volatile.Read(ref sends);

    /// <summary>This end's owner has no more to do with it.</summary>
    public bool IsLeft => isLeft;

    /// <summary>A message waits to be received, or the road has ended.</summary>
    public bool HasArrived => incoming.Reader.Count > 0 || incoming.Reader.Completion.IsCompleted || cut.IsCancellationRequested;

    /// <summary>When each binary message was handed to this end, in ticks of Stopwatch.</summary>
    public IReadOnlyList<long> SendTimes
    {
        get { lock (sendTimes) return [.. sendTimes]; }
    }

    /// <summary>Sends of this end wait from now on.</summary>
    public void Stall() => stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Unstall()
    {
        var waiting = stall;
        stall = null;
        waiting?.TrySetResult();
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => PutAsync(false, message, cancellationToken);

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) => PutAsync(true, utf8, cancellationToken);

    public async ValueTask<Arrival> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waits);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cut.Token);
        try
        {
            var (isText, bytes) = await incoming.Reader.ReadAsync(either.Token);
            if (bytes.Length > buffer.Length) return new Arrival(ArrivalKind.TooLarge);
            bytes.CopyTo(buffer);
            return new Arrival(isText ? ArrivalKind.Text : ArrivalKind.Binary, bytes.Length);
        }
        catch (ChannelClosedException)
        {
            return new Arrival(ArrivalKind.Closed, CloseCode: other.closeCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Arrival(ArrivalKind.Lost);
        }
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken, int code = 1000)
    {
        closeCode = code;
        other.incoming.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes with a code, as the server does.</summary>
    public void Close(int code)
    {
        closeCode = code;
        other.incoming.Writer.TryComplete();
    }

    public void Abort()
    {
        cut.Cancel();
        other.cut.Cancel();
    }

    public ValueTask DisposeAsync()
    {
        isLeft = true;
        other.incoming.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async ValueTask PutAsync(bool isText, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!isText) lock (sendTimes) sendTimes.Add(Stopwatch.GetTimestamp());
        Interlocked.Increment(ref sends);
        var bytes = message.ToArray();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cut.Token);
        try
        {
            if (stall is { } waiting) await waiting.Task.WaitAsync(either.Token);
            await other.incoming.Writer.WriteAsync((isText, bytes), either.Token);
        }
        catch (Exception gone) when (gone is ChannelClosedException || gone is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The road is cut.", gone);
        }
    }
}
