using System.Net.WebSockets;
using System.Text;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>One side of a run that comes back after its connection was lost, on a real socket.</summary>
internal sealed class ReturnPeer : IDisposable
{
    private readonly Party _side;

    private ReturnPeer(Party side, ClientWebSocket socket) => (_side, Socket) = (side, socket);

    internal ClientWebSocket Socket { get; }

    internal static async Task<ReturnPeer> SendAsync(RunningServer server, Party side, Resume resume, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        if (side is Party.Viewer)
            socket.Options.SetRequestHeader("Origin", server.Origin());
        await socket.ConnectAsync(server.SocketAddress(side is Party.Viewer ? "/ws/viewer" : "/ws/host"), cancellation);
        await socket.SendAsync(resume.Encode(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        return new ReturnPeer(side, socket);
    }

    /// <summary>Comes back and hears that the other side is not there yet.</summary>
    internal static async Task<ReturnPeer> WaitAsync(RunningServer server, Party side, Resume resume, CancellationToken cancellation)
    {
        var peer = await SendAsync(server, side, resume, cancellation);
        Assert.InRange(Assert.IsType<Waiting>(await peer.ReadAsync(cancellation)).Seconds, 1UL, 900UL);
        return peer;
    }

    internal async Task<RendezvousMessage> ReadAsync(CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(await Socket.ReceiveTextAsync(cancellation));
        return _side is Party.Viewer ? RendezvousMessage.DecodeForViewer(bytes) : RendezvousMessage.DecodeForHost(bytes);
    }

    /// <summary>REFUSED with <c>unknown</c>, then 4009.</summary>
    internal async Task ExpectRefusedAsync(CancellationToken cancellation)
    {
        Assert.Equal(new Refused(RefusalReason.Unknown, 0), await ReadAsync(cancellation));
        Assert.Equal((int)SocketCloseCode.ResumeRefused, await Socket.ReceiveCloseAsync(cancellation));
    }

    public void Dispose()
    {
        Socket.Abort();
        Socket.Dispose();
    }
}
