using System.Buffers;
using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Relay;

/// <summary>
/// One direction of a session: reads a piece, writes it, reads the next (docs/protocol/01-rendezvous.md, step 4).
/// It looks at nothing but type and length. A message is passed on piece by piece while it still arrives, so a slow
/// line is paid for once and not twice. Since it never reads before the last piece was taken, a slow target stops
/// the source, and all it ever holds is one piece; while nothing arrives it holds none. No timer is on its way.
/// One task runs it; <see cref="SendingSince"/> and <see cref="Bytes"/> may be read by others.
/// </summary>
internal sealed class RelayPump(WebSocket source, WebSocket target, (ByteBudget Own, ByteBudget Organization) budgets, SessionTally tally, TimeProvider time)
{
    /// <summary>Chapter 01: 8 + 65,536 + 16.</summary>
    internal const int LargestMessage = 65_560;

    /// <summary>Tuning: large enough for the 16 KiB records of chapter 04 in one piece, small enough to cut long ones up.</summary>
    internal const int PieceLength = 16 * 1024 + 24;

    private const long NotSending = -1;

    private long _sendingSince = NotSending;
    private long _bytes;

    /// <summary>Bytes passed on.</summary>
    internal long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The timestamp at which the piece on its way was handed to the target; null between pieces.</summary>
    internal long? SendingSince => Interlocked.Read(ref _sendingSince) is var since and not NotSending ? since : null;

    /// <param name="ready">A receive of no bytes that is already pending on the source.</param>
    /// <param name="cancellation">Breaks the source's connection when it fires.</param>
    internal async Task<PumpEnd> RunAsync(Task<ValueWebSocketReceiveResult>? ready, CancellationToken cancellation)
    {
        byte[]? piece = null;
        try
        {
            while (true)
            {
                // Waiting with no buffer: an idle session costs no memory but its sockets.
                var waiting = ready ?? source.ReceiveAsync(Memory<byte>.Empty, cancellation).AsTask();
                ready = null;
                if (!waiting.IsCompleted)
                    GiveBack(ref piece);
                var first = await waiting;
                if (first.MessageType is WebSocketMessageType.Close)
                    return ClosedBySource();
                piece ??= ArrayPool<byte>.Shared.Rent(PieceLength);
                if (await PassMessageAsync(first, piece.AsMemory(0, PieceLength), cancellation) is { } end)
                    return end;
            }
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            return PumpEnd.SourceGone;
        }
        finally
        {
            GiveBack(ref piece);
        }
    }

    private async ValueTask<PumpEnd?> PassMessageAsync(ValueWebSocketReceiveResult got, Memory<byte> piece, CancellationToken cancellation)
    {
        var length = 0;
        while (true)
        {
            if (got.MessageType is not WebSocketMessageType.Binary)
                return got.MessageType is WebSocketMessageType.Close ? ClosedBySource() : PumpEnd.BadMessage;
            length += got.Count;
            if (length > LargestMessage || !tally.TryAdd(got.Count))
                return PumpEnd.TooLarge;
            if ((got.Count > 0 || got.EndOfMessage) && !await TrySendAsync(piece[..got.Count], got.EndOfMessage, cancellation))
                return PumpEnd.TargetGone;
            if (Spend(got.Count) is { Ticks: > 0 } pause)
                await Task.Delay(pause, time, cancellation);
            if (got.EndOfMessage)
                return null;
            got = await source.ReceiveAsync(piece, cancellation);
        }
    }

    private PumpEnd ClosedBySource() => (int?)source.CloseStatus switch
    {
        (int)WebSocketCloseStatus.NormalClosure or (int)WebSocketCloseStatus.EndpointUnavailable => PumpEnd.SourceClosed,
        (int)SocketCloseCode.ResumeRefused => PumpEnd.SourceRefused,
        _ => PumpEnd.SourceGone,
    };

    /// <summary>Both budgets are spent, whichever is the tighter one.</summary>
    private TimeSpan Spend(int bytes)
    {
        var (own, organization) = (budgets.Own.Spend(bytes), budgets.Organization.Spend(bytes));
        return own > organization ? own : organization;
    }

    private async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> piece, bool endOfMessage, CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _sendingSince, time.GetTimestamp());
        try
        {
            await target.SendAsync(piece, WebSocketMessageType.Binary, endOfMessage, cancellation);
            Interlocked.Add(ref _bytes, piece.Length);
            return true;
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            return false;
        }
        finally
        {
            Interlocked.Exchange(ref _sendingSince, NotSending);
        }
    }

    private static void GiveBack(ref byte[]? piece)
    {
        if (piece is null)
            return;
        ArrayPool<byte>.Shared.Return(piece);
        piece = null;
    }
}
