using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Desk;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>A customer and a technician, paired, with what each was given to come back.</summary>
internal sealed class PairedRun : IDisposable
{
    private PairedRun(HostPeer host, DeskPeer desk, ClientWebSocket viewer) => (Host, Desk, Viewer) = (host, desk, viewer);

    internal HostPeer Host { get; }

    internal DeskPeer Desk { get; }

    internal ClientWebSocket Viewer { get; }

    /// <summary>What the host sends to come back.</summary>
    internal Resume OfHost { get; private init; } = null!;

    internal Resume OfViewer { get; private init; } = null!;

    internal string Id => Convert.ToHexStringLower(OfHost.Session.Span);

    internal static async Task<PairedRun> StartAsync(RunningServer server, CancellationToken cancellation)
    {
        var host = await HostPeer.WaitAsync(server, cancellation);
        var desk = await DeskPeer.SignInAsync(server);
        var (viewer, answer) = await desk.JoinAsync(host.Given.Nameplate, cancellation);
        var (toViewer, toHost) = (Assert.IsType<PairedViewer>(answer), Assert.IsType<PairedHost>(await host.ReadAsync(cancellation)));
        return new PairedRun(host, desk, viewer)
        {
            OfHost = new Resume { Session = toHost.Session, Cookie = toHost.Cookie },
            OfViewer = new Resume { Session = toViewer.Session, Cookie = toViewer.Cookie },
        };
    }

    internal Resume Of(Party side) => side is Party.Host ? OfHost : OfViewer;

    internal ClientWebSocket SocketOf(Party side) => side is Party.Host ? Host.Socket : Viewer;

    /// <summary>The technician's page says that the handshake succeeded.</summary>
    internal async Task BecomeSessionAsync()
    {
        using var answer = await Desk.PostAsync("/desk/sessions", new SessionRequest(Id));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Both connections break without a word.</summary>
    internal void Cut()
    {
        Host.Socket.Abort();
        Viewer.Abort();
    }

    /// <summary>A message each way on these two sockets.</summary>
    internal static async Task TalkAsync(WebSocket host, WebSocket viewer, CancellationToken cancellation)
    {
        await viewer.SendBinaryAsync(new byte[] { 1, 2, 3 }, cancellation);
        Assert.Equal([1, 2, 3], await host.ReceiveBinaryAsync(cancellation));
        await host.SendBinaryAsync(new byte[] { 4, 5 }, cancellation);
        Assert.Equal([4, 5], await viewer.ReceiveBinaryAsync(cancellation));
    }

    public void Dispose()
    {
        Host.Dispose();
        Viewer.Abort();
        Desk.Dispose();
    }
}
