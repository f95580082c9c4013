using System.Net.WebSockets;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>A customer's program as far as chapter 01 goes, on a real socket.</summary>
internal sealed class HostPeer : IDisposable
{
    private HostPeer(ClientWebSocket socket) => Socket = socket;

    internal ClientWebSocket Socket { get; }

    internal NameplateGiven Given { get; private set; } = null!;

    internal static Register Registration { get; } = new()
    {
        Organization = RunningServer.Slug,
        SidC = new byte[16],
        Versions = [1],
        Suites = [1],
        CustomerName = "Mrs. Jansen",
        Language = "nl",
        Platform = "linux-x64",
        Program = "nabij 0.1.0",
        Consent = new ConsentRecord
        {
            TermsId = "nabij",
            TermsVersion = "1",
            Language = "nl",
            TermsHash = new byte[32],
            LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
            Backup = BackupAnswer.Yes,
            Time = 1_795_000_000,
        },
        Lease = null,
        Outcome = RunOutcome.None,
    };

    internal static async Task<HostPeer> ConnectAsync(RunningServer server, CancellationToken cancellation, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(server.SocketAddress("/ws/host"), cancellation);
        return new HostPeer(socket);
    }

    /// <summary>Connects, registers, and has its nameplate.</summary>
    internal static async Task<HostPeer> WaitAsync(RunningServer server, CancellationToken cancellation, Register? register = null)
    {
        var host = await ConnectAsync(server, cancellation);
        host.Given = Assert.IsType<NameplateGiven>(await host.RegisterAsync(register ?? Registration, cancellation));
        return host;
    }

    internal async Task<RendezvousMessage> RegisterAsync(Register register, CancellationToken cancellation)
    {
        await Socket.SendAsync(register.Encode(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        return await ReadAsync(cancellation);
    }

    internal async Task<RendezvousMessage> ReadAsync(CancellationToken cancellation) =>
        RendezvousMessage.DecodeForHost(System.Text.Encoding.UTF8.GetBytes(await Socket.ReceiveTextAsync(cancellation)));

    public void Dispose()
    {
        Socket.Abort();
        Socket.Dispose();
    }
}
