using System.Net.WebSockets;
using System.Text;

namespace Nabij.Server.Tests;

/// <summary>What a peer of our sockets does, in few words: send, receive whole messages, wait for the close code.</summary>
internal static class SocketPeer
{
    internal static Task SendBinaryAsync(this WebSocket socket, ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellation).AsTask();

    internal static Task SendTextAsync(this WebSocket socket, string text, CancellationToken cancellation) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellation).AsTask();

    /// <summary>The next whole message; null when the peer closed.</summary>
    internal static async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReceiveAsync(this WebSocket socket, CancellationToken cancellation)
    {
        var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (got.MessageType is WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, got.Count);
            if (got.EndOfMessage)
                return (got.MessageType, message.ToArray());
        }
    }

    internal static async Task<byte[]> ReceiveBinaryAsync(this WebSocket socket, CancellationToken cancellation)
    {
        var message = await socket.ReceiveAsync(cancellation) ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus}.");
        Assert.Equal(WebSocketMessageType.Binary, message.Type);
        return message.Bytes;
    }

    internal static async Task<string> ReceiveTextAsync(this WebSocket socket, CancellationToken cancellation)
    {
        var message = await socket.ReceiveAsync(cancellation) ?? throw new InvalidOperationException($"Closed with {socket.CloseStatus}.");
        Assert.Equal(WebSocketMessageType.Text, message.Type);
        return Encoding.UTF8.GetString(message.Bytes);
    }

    /// <summary>Reads and drops everything up to the close frame, answers it, and gives its code.</summary>
    internal static async Task<int> ReceiveCloseAsync(this WebSocket socket, CancellationToken cancellation)
    {
        var code = await socket.ReceiveCloseWithoutAnswerAsync(cancellation);
        if (socket.State is WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        return code;
    }

    internal static async Task<int> ReceiveCloseWithoutAnswerAsync(this WebSocket socket, CancellationToken cancellation)
    {
        while (await socket.ReceiveAsync(cancellation) is not null)
        {
        }
        return (int)socket.CloseStatus!.Value;
    }
}
