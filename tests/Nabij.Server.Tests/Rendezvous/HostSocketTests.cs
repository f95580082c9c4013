using System.Net;
using System.Net.WebSockets;
using System.Text;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class HostSocketTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_message_that_is_not_exactly_REGISTER_closes_with_4000()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var good = Encoding.UTF8.GetString((await HostPeer.RegistrationAsync(server, Cancel)).Encode());
        string[] bad =
        [
            "", "{", "[]", "null", "\"register\"", "{}", "{\"type\":\"join\"}", "{\"type\":\"register\"}", good + good, good[..^1],
            good.Replace("\"register\"", "\"Register\"", StringComparison.Ordinal), good.Replace("\"nl\"", "\"NL\"", StringComparison.Ordinal),
            good.Replace("[1]", "[1,1]", StringComparison.Ordinal), good.Replace("\"outcome\"", "\"type\"", StringComparison.Ordinal),
            $"{good[..^1]},\"pad\":\"{new string('x', 4096)}\"}}",
        ];

        foreach (var text in bad)
        {
            using var host = await HostPeer.ConnectAsync(server, Cancel);
            await host.Socket.SendTextAsync(text, Cancel);
            Assert.True(await host.Socket.ReceiveCloseAsync(Cancel) == (int)SocketCloseCode.BadMessage, text);
        }
    }

    [Fact]
    public async Task A_binary_first_message_closes_with_4000()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.ConnectAsync(server, Cancel);
        await host.Socket.SendBinaryAsync((await HostPeer.RegistrationAsync(server, Cancel)).Encode(), Cancel);

        Assert.Equal((int)SocketCloseCode.BadMessage, await host.Socket.ReceiveCloseAsync(Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_message_while_waiting_closes_with_4000_and_leaves_the_list(bool isText)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        await (isText ? host.Socket.SendTextAsync("{}", Cancel) : host.Socket.SendBinaryAsync(new byte[1], Cancel));

        Assert.Equal((int)SocketCloseCode.BadMessage, await host.Socket.ReceiveCloseAsync(Cancel));
        await UntilAsync(() => Directory(server).ListAsync(Organization(host, server), Cancel).AsTask(), waiting => waiting.Count == 0);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_host_that_says_nothing_for_ten_seconds_is_closed_with_4001()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var host = await HostPeer.ConnectAsync(server, Cancel);
        var close = host.Socket.ReceiveCloseAsync(Cancel);

        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(close.IsCompleted);
        await AdvanceUntilAsync(clock, close);

        Assert.Equal((int)SocketCloseCode.TooLate, await close);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_waiting_host_is_closed_with_4002_when_its_hour_is_over()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var host = await HostPeer.WaitAsync(server, Cancel);
        var close = host.Socket.ReceiveCloseAsync(Cancel);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(close.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(59));
        await AdvanceUntilAsync(clock, close);

        Assert.Equal((int)SocketCloseCode.Expired, await close);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_before_the_socket_opens()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);

        foreach (var origin in new[] { "https://evil.example", "null", $"{server.Origin()}.evil.example", server.Origin().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) })
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => HostPeer.ConnectAsync(server, Cancel, origin));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
        using var own = await HostPeer.ConnectAsync(server, Cancel, server.Origin());
        Assert.Equal(WebSocketState.Open, own.Socket.State);
    }

    [Fact]
    public async Task A_plain_request_is_not_answered_with_a_socket()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var visitor = server.Visit();

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync("/ws/host")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync("/ws/viewer")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_organization_is_refused_in_words()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var (host, answer) = await HostPeer.TryWaitAsync(server, Cancel, register => register with { Organization = "elsewhere" });

        Assert.Equal(new Refused(RefusalReason.Organization, 0), answer);
        Assert.Equal((int)SocketCloseCode.Refused, await host.Socket.ReceiveCloseAsync(Cancel));
    }

    [Fact]
    public async Task A_consent_to_other_texts_or_without_both_ticks_is_refused_as_outdated()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        Func<ConsentRecord, ConsentRecord>[] changes =
        [
            consent => consent with { TermsHash = new byte[32] },
            consent => consent with { LicenceHash = new byte[32] },
            consent => consent with { TermsVersion = "99" },
            consent => consent with { TermsId = "other" },
            consent => consent with { Language = "fr" },
            consent => consent with { Ticks = ConsentTicks.Terms },
            consent => consent with { Ticks = ConsentTicks.None },
        ];

        foreach (var change in changes)
        {
            var (_, answer) = await HostPeer.TryWaitAsync(server, Cancel, register => register with { Consent = change(register.Consent) });
            Assert.Equal(new Refused(RefusalReason.Outdated, 0), answer);
        }
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task One_address_registers_six_times_a_minute_and_is_told_when_to_come_back()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock, Arguments = ["--limit", "waiting-per-address=100"] });
        using var peers = new Peers();
        for (var number = 0; number < 6; number++)
            peers.Add(await HostPeer.WaitAsync(server, Cancel));

        var (host, answer) = await HostPeer.TryWaitAsync(server, Cancel);
        Assert.Equal(new Refused(RefusalReason.Limited, 60), answer);
        Assert.Equal((int)SocketCloseCode.Limited, await host.Socket.ReceiveCloseAsync(Cancel));
        clock.Advance(TimeSpan.FromSeconds(60));
        peers.Add(await HostPeer.WaitAsync(server, Cancel));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task Five_programs_of_one_address_wait_at_once_and_a_sixth_is_refused()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--limit", "registrations-per-minute=100,registrations-per-hour=100"] });
        using var peers = new Peers();
        var hosts = new List<HostPeer>();
        for (var number = 0; number < 5; number++)
            hosts.Add(peers.Add(await HostPeer.WaitAsync(server, Cancel)));

        Assert.Equal(new Refused(RefusalReason.Limited, 0), (await HostPeer.TryWaitAsync(server, Cancel)).Answer);
        using var back = await HostPeer.WaitAsync(server, Cancel, register => register with { Lease = hosts[0].Given.Lease });
        Assert.Equal(hosts[0].Given.Nameplate, back.Given.Nameplate);
        Assert.Equal((int)SocketCloseCode.Expired, await hosts[0].Socket.ReceiveCloseAsync(Cancel));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task One_address_opens_twenty_unknown_sockets_and_no_more()
    {
        await using var server = await RunningServer.StartAsync();
        using var peers = new Peers();
        var sockets = new List<HostPeer>();
        for (var number = 0; number < 20; number++)
            sockets.Add(peers.Add(await HostPeer.ConnectAsync(server, Cancel)));

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => HostPeer.ConnectAsync(server, Cancel));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        sockets[7].Dispose();
        await UntilAsync(async () => await CanConnectAsync(server), opened => opened);
    }

    [Fact]
    public async Task A_socket_that_has_said_nothing_yet_is_told_when_the_server_stops()
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.ConnectAsync(server, Cancel);
        var close = host.Socket.ReceiveCloseAsync(Cancel);

        await server.DisposeAsync();

        Assert.Equal((int)SocketCloseCode.GoingAway, await close);
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_refuses_in_words_and_hurts_nobody_who_waits()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var waiting = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var ticket = await desk.TicketAsync(waiting.Given.Nameplate);
        RendezvousMessage toHost, toViewer;
        await using (await TestDatabase.HoldAsync(server.Services.GetRequiredService<DatabaseSource>()))
        {
            var joining = desk.JoinAsync(ticket, waiting.Given.Nameplate, Cancel);
            toHost = (await HostPeer.TryWaitAsync(server, Cancel, register => register with { CustomerName = "another" })).Answer;
            toViewer = (await joining).Answer;
        }

        Assert.Equal(new Refused(RefusalReason.Unavailable, 0), toHost);
        Assert.Equal(new Refused(RefusalReason.Unavailable, 0), toViewer);
        Assert.Contains("Storage problem locked", server.Log.Text, StringComparison.Ordinal);
        Assert.IsType<PairedViewer>((await desk.JoinAsync(waiting.Given.Nameplate, Cancel)).Answer);
    }

    private static IDirectory Directory(RunningServer server) => server.Services.GetRequiredService<IDirectory>();

    private static Guid Organization(HostPeer host, RunningServer server)
    {
        using var database = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();
        Assert.NotNull(host.Given);
        return database.Set<Organizations.Organization>().Single().Id;
    }

    private static async Task<bool> CanConnectAsync(RunningServer server)
    {
        try
        {
            using var host = await HostPeer.ConnectAsync(server, Cancel);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    /// <summary>Moves the clock in small steps until the server, which may not have set its timer yet, has answered.</summary>
    private static async Task AdvanceUntilAsync(ManualClock clock, Task answered)
    {
        while (!answered.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }
    }

    private static async Task UntilAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        while (!holds(await look()))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
    }
}
