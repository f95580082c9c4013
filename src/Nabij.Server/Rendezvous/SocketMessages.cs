using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Rendezvous;

/// <summary>Sending the server's few messages of chapter 01.</summary>
internal static class SocketMessages
{
    /// <summary>How long a peer may take to accept a message or a close frame.</summary>
    internal static readonly TimeSpan SendWait = TimeSpan.FromSeconds(5);

    internal static async Task SendAsync(this WebSocket socket, RendezvousMessage message, CancellationToken cancellation) =>
        await socket.SendAsync(message.Encode(), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>Says REFUSED and closes; never throws for what the peer does.</summary>
    internal static async Task RefuseAsync(this WebSocket socket, Refused refusal, TimeProvider time, SocketCloseCode? code = null)
    {
        using var deadline = new CancellationTokenSource(SendWait, time);
        try
        {
            await socket.SendAsync(refusal, deadline.Token);
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            return;
        }
        await SocketClose.SendAsync(socket, code ?? (refusal.Reason is RefusalReason.Limited ? SocketCloseCode.Limited : SocketCloseCode.Refused), deadline.Token);
    }

    internal static async Task CloseAsync(this WebSocket socket, SocketCloseCode code, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(SendWait, time);
        await SocketClose.SendAsync(socket, code, deadline.Token);
    }
}
