using System.Net.WebSockets;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>A customer's program as far as chapter 01 goes, on a real socket.</summary>
internal sealed class HostPeer : IDisposable
{
    private HostPeer(ClientWebSocket socket) => Socket = socket;

    internal ClientWebSocket Socket { get; }

    internal NameplateGiven Given { get; private set; } = null!;

    /// <summary>What an honest program registers: it has shown the server's current terms in Dutch.</summary>
    internal static async Task<Register> RegistrationAsync(RunningServer server, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var overview = await client.GetFromJsonAsync(new Uri($"/o/{RunningServer.Slug}/terms", UriKind.Relative), TermsJson.Default.TermsOverview, cancellation);
        var text = overview!.Texts.Single(one => one.Language == "nl");
        return new Register
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
                TermsId = overview.Id,
                TermsVersion = overview.Version,
                Language = text.Language,
                TermsHash = Convert.FromHexString(text.TermsHash),
                LicenceHash = Convert.FromHexString(text.LicenceHash),
                Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
                Backup = BackupAnswer.Yes,
                Time = 1_795_000_000,
            },
            Lease = null,
            Outcome = RunOutcome.None,
        };
    }

    internal static async Task<HostPeer> ConnectAsync(RunningServer server, CancellationToken cancellation, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(server.SocketAddress("/ws/host"), cancellation);
        return new HostPeer(socket);
    }

    /// <summary>Connects, registers, and has its nameplate.</summary>
    internal static async Task<HostPeer> WaitAsync(RunningServer server, CancellationToken cancellation, Func<Register, Register>? change = null)
    {
        var (host, answer) = await TryWaitAsync(server, cancellation, change);
        host.Given = Assert.IsType<NameplateGiven>(answer);
        return host;
    }

    /// <summary>Connects and registers; the answer is NAMEPLATE or REFUSED.</summary>
    internal static async Task<(HostPeer Host, RendezvousMessage Answer)> TryWaitAsync(
        RunningServer server, CancellationToken cancellation, Func<Register, Register>? change = null)
    {
        var register = await RegistrationAsync(server, cancellation);
        var host = await ConnectAsync(server, cancellation);
        return (host, await host.RegisterAsync(change?.Invoke(register) ?? register, cancellation));
    }

    /// <summary>The nameplate that a registration by hand was given.</summary>
    internal void Give(NameplateGiven given) => Given = given;

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
