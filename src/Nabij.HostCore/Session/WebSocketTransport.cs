using System.Net.WebSockets;

namespace Nabij.HostCore.Session;

/// <summary>A WebSocket as transport; owns it.</summary>
public sealed class WebSocketTransport(WebSocket socket) : ITransport
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(1);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        SendAsync(message, WebSocketMessageType.Binary, cancellationToken);

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) =>
        SendAsync(utf8, WebSocketMessageType.Text, cancellationToken);

    public async ValueTask<Arrival> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer[length..], cancellationToken).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    return new Arrival(ArrivalKind.Closed, CloseCode: (int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty));
                length += part.Count;
                if (part.EndOfMessage)
                    return new Arrival(part.MessageType == WebSocketMessageType.Text ? ArrivalKind.Text : ArrivalKind.Binary, length);
                if (length == buffer.Length) return new Arrival(ArrivalKind.TooLarge);
            }
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return new Arrival(ArrivalKind.Lost);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Arrival(ArrivalKind.Lost); // aborted from another thread
        }
    }

    public async ValueTask CloseAsync(CancellationToken cancellationToken, int code = (int)WebSocketCloseStatus.NormalClosure)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestClose);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    public void Abort() => socket.Abort();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, type, WebSocketMessageFlags.EndOfMessage, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The connection is gone.", lost);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The connection was given up.");
        }
    }
}
