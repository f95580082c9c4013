using System.Net.WebSockets;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Says goodbye on a socket with a code of docs/protocol/09-errors.md. It sends the close frame only: waiting for
/// the answer is the business of whoever has a receive pending there, because cancelling a receive breaks the socket.
/// </summary>
internal static class SocketClose
{
    /// <summary>Never throws for what the peer does; a socket that cannot take the frame in time is broken off.</summary>
    internal static async Task SendAsync(WebSocket socket, SocketCloseCode code, CancellationToken deadline)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, NameOf(code), deadline);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            socket.Abort();
        }
    }

    /// <summary>
    /// True for what a socket throws when its connection is over. Kestrel's pipes say InvalidOperationException when
    /// they are written to after an abort.
    /// </summary>
    internal static bool IsGone(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    private static string NameOf(SocketCloseCode code) => code switch
    {
        SocketCloseCode.BadMessage => "bad-message",
        SocketCloseCode.TooLate => "too-late",
        SocketCloseCode.Expired => "expired",
        SocketCloseCode.PeerGone => "peer-gone",
        SocketCloseCode.TooLarge => "too-large",
        SocketCloseCode.Stalled => "stalled",
        SocketCloseCode.GoingAway => "going-away",
        SocketCloseCode.Limited => "limited",
        SocketCloseCode.Refused => "refused",
        SocketCloseCode.ResumeRefused => "resume-refused",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
