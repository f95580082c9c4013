using System.Net.WebSockets;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The one text message a socket may send before it is known: at most 4,096 bytes, within the time of
/// <see cref="Limits.FirstMessage"/>. Either the bytes or the code to close with is set; neither means that the peer went.
/// </summary>
internal readonly record struct FirstMessage(byte[]? Bytes, SocketCloseCode? Refusal)
{
    /// <summary>Chapter 01: longest rendezvous message.</summary>
    internal const int Largest = 4096;

    /// <param name="socket">A socket that nobody else reads.</param>
    /// <param name="within">The time for the whole message.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="stopping">The server stops: waiting ends, and the peer can be told.</param>
    /// <param name="aborted">The connection is over.</param>
    internal static async Task<FirstMessage> ReceiveAsync(
        WebSocket socket, TimeSpan within, TimeProvider time, CancellationToken stopping, CancellationToken aborted)
    {
        // Cancelling a receive breaks the socket, so the time runs beside it and the close code can still be sent.
        using var beside = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        var message = ReadAsync(socket, aborted);
        var late = Task.Delay(within, time, beside.Token);
        if (await Task.WhenAny(message, late) == message)
        {
            await beside.CancelAsync();
            return await message;
        }
        return new FirstMessage(null, stopping.IsCancellationRequested ? SocketCloseCode.GoingAway : SocketCloseCode.TooLate);
    }

    private static async Task<FirstMessage> ReadAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[Largest + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (got.MessageType is WebSocketMessageType.Close)
                    return default;
                length += got.Count;
                if (got.MessageType is not WebSocketMessageType.Text || length > Largest)
                    return new FirstMessage(null, SocketCloseCode.BadMessage);
                if (got.EndOfMessage)
                    return new FirstMessage(buffer[..length], null);
            }
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            return default;
        }
    }
}
