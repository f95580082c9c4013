using System.Threading.Channels;
using Nabij.HostCore.Files;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A customer's connection on a synthetic desktop and a manual clock; each of its sockets becomes a <see cref="TechnicianPeer"/>.</summary>
internal sealed class SessionFixture : IAsyncDisposable
{
    // Less than the 15 s after which a silent side is lost, more than the 5 s after which it says that it is there.
    private static readonly TimeSpan QuietStep = TimeSpan.FromSeconds(12);

    private int calls;
    private readonly Channel<MemoryTransport> sockets = Channel.CreateBounded<MemoryTransport>(16);
    private readonly Channel<CustomerEvent> events = Channel.CreateBounded<CustomerEvent>(256);

    public SessionFixture(
        byte minimumVersion = 1, IInputSink? sink = null, IScreenSource? screen = null, TimeProvider? time = null,
        Func<OrganizationDocument, OrganizationDocument>? amend = null, ArrivalPlace? files = null)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        Organization = new TestOrganization((Time = time ?? Clock).GetUtcNow(), minimumVersion);
        Desktop = new HostDesktop(screen ?? Screen, sink ?? Sink, Time);
        Connection = new CustomerConnection(new CustomerOptions
        {
            Organization = amend?.Invoke(Organization.Document) ?? Organization.Document, Consent = Organization.Consent, CustomerName = CustomerName, Language = "nl",
            Facts = () => Facts, Program = "tests", Connect = ConnectAsync, Desktop = Desktop, Time = Time, Files = files,
        });
        Connection.Happened += happened =>
        {
            // Comes as often as the worker likes; tests of files look at what it brings.
            if (happened is not CustomerEvent.FilesChanged) events.Writer.TryWrite(happened);
        };
    }

    /// <summary>As pasted, with what no name may have.</summary>
    private const string CustomerName = "Mrs.\nJansen";

    /// <summary>What the made-up computer tells about itself.</summary>
    public IReadOnlyList<Fact> Facts { get; set; } = [new(FactKind.System, "Made up 1"), new(FactKind.Memory, "", 8_000_000_000, 5_000_000_000), new(FactKind.Network, "", 1)];

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>The manual clock, unless a test gave another.</summary>
    public TimeProvider Time { get; }

    public TestOrganization Organization { get; }

    public SyntheticScreen Screen { get; } = new(320, 200);

    public RecordingInputSink Sink { get; } = new();

    public HostDesktop Desktop { get; }

    public CustomerConnection Connection { get; }

    /// <summary>What is copied with the one technician.</summary>
    public FileExchange Files => Connection.Session.Participants[0].Files!;

    /// <summary>The host's end of the newest socket.</summary>
    public MemoryTransport HostRoad { get; private set; } = null!;

    /// <summary>True: connecting fails, as when the server is away.</summary>
    public volatile bool IsServerAway;

    /// <summary>How often the host has called the server.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>True when something has happened that no test has heard, or the host has opened a socket.</summary>
    public bool HasNews => events.Reader.Count > 0 || sockets.Reader.Count > 0;

    /// <summary>The next socket that the host opens.</summary>
    public async Task<TechnicianPeer> NextSocketAsync() =>
        new(await sockets.Reader.ReadAsync(TestContext.Current.CancellationToken), Organization, Time) { Receipt = Receipt };

    /// <summary>What the server gives as a receipt, made from the registration; null: none.</summary>
    public Func<Register, byte[]>? Receipt { get; init; }

    /// <summary>The next event, which must be of this kind.</summary>
    public async Task<T> HearAsync<T>() where T : CustomerEvent =>
        Assert.IsType<T>(await events.Reader.ReadAsync(TestContext.Current.CancellationToken));

    /// <summary>Registers, pairs, proves the code: a technician is connected and nothing is granted.</summary>
    public async Task<TechnicianPeer> ConnectedAsync()
    {
        Connection.Start();
        var peer = await NextSocketAsync();
        await peer.GiveNameplateAsync("417");
        var code = await HearAsync<CustomerEvent.CodeReady>();
        Assert.True(await peer.ConnectAsync(code.Digits));
        await HearAsync<CustomerEvent.Joined>();
        var connected = await HearAsync<CustomerEvent.TechnicianConnected>();
        Assert.Equal(("Peter", "The Shop", peer.Session.CheckNumber), (connected.Technician, connected.Organization, connected.CheckNumber));
        return peer;
    }

    /// <summary>As <see cref="ConnectedAsync"/>, with these granted and told, and the picture painted where the peer may point at it.</summary>
    public async Task<TechnicianPeer> GrantedAsync(Permissions permissions)
    {
        var peer = await ConnectedAsync();
        Connection.Grant(permissions);
        await peer.HearAsync<Nabij.Protocol.Control.Grant>();
        if ((permissions & (Permissions.Pointer | Permissions.Draw)) != 0) await peer.PaintFirstAsync();
        return peer;
    }

    /// <summary>
    /// Time passes in a session in which both programs run and nobody does anything. The clock goes no further than both
    /// ends have got: neither is ever taken for lost, or flooded, because its threads are slow.
    /// </summary>
    public async Task PassAsync(TechnicianPeer peer, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= QuietStep)
        {
            await peer.SendAsync(new Keepalive());
            await Eventually.True(() => HostRoad.IsIdle, "the host has heard the technician");
            var said = HostRoad.Sends;
            Clock.Advance(left < QuietStep ? left : QuietStep);
            if (left >= QuietStep) await Eventually.True(() => HostRoad.Sends > said, "the host has said that it is there");
        }
    }

    /// <summary>
    /// Until something has happened that no test has heard. The clock goes on from one thing that somebody waits for to
    /// the next, <paramref name="most"/> at a time, and stands still while nobody waits for it.
    /// </summary>
    public Task NewsAsync(TimeSpan most) => Eventually.True(() =>
    {
        if (!HasNews && Clock.UntilNext is { } next) Clock.Advance(next < most ? next : most);
        return HasNews;
    }, "something happened");

    public async ValueTask DisposeAsync()
    {
        var ending = Connection.DisposeAsync().AsTask();
        // What waits a second for a CLOSE to leave waits on the manual clock.
        await Eventually.True(() => { Clock.Advance(TimeSpan.FromSeconds(1)); return ending.IsCompleted; }, "the connection has ended");
        await ending;
        Desktop.Dispose();
        Organization.Dispose();
    }

    private Task<ITransport> ConnectAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        if (IsServerAway) throw new IOException("The server is away.");
        var (host, peer) = MemoryTransport.CreatePair();
        HostRoad = host;
        sockets.Writer.TryWrite(peer);
        return Task.FromResult<ITransport>(host);
    }
}
