using System.Net;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Desk;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class ViewerSocketTests
{
    private static readonly Refused BadTicket = new(RefusalReason.Ticket, 0);
    private static readonly Refused Unknown = new(RefusalReason.Unknown, 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_exact_origin_of_the_organization_opens_the_socket()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var own = server.Origin();
        string?[] foreign = [null, "", "null", "https://evil.example", own + "/", own.ToUpperInvariant(), own.Replace("http:", "https:", StringComparison.Ordinal), own.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)];

        foreach (var origin in foreign)
        {
            using var socket = new ClientWebSocket();
            if (origin is not null)
                socket.Options.SetRequestHeader("Origin", origin);
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(server.SocketAddress("/ws/viewer"), Cancel));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
        using var accepted = await server.OpenViewerAsync(Cancel);
        Assert.Equal(WebSocketState.Open, accepted.State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":\"join\"}")]
    [InlineData("{\"type\":\"join\",\"ticket\":\"00\",\"nameplate\":\"417\"}")]
    [InlineData("{\"type\":\"join\",\"ticket\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"nameplate\":\"417902635\"}")]
    [InlineData("{\"type\":\"register\"}")]
    public async Task A_first_message_that_is_not_JOIN_closes_with_4000(string text)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var socket = await server.OpenViewerAsync(Cancel);
        await socket.SendTextAsync(text, Cancel);

        Assert.Equal((int)SocketCloseCode.BadMessage, await socket.ReceiveCloseAsync(Cancel));
    }

    [Fact]
    public async Task A_ticket_in_the_address_and_a_cookie_open_nothing()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var ticket = await desk.TicketAsync(host.Given.Nameplate);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", server.Origin());
        socket.Options.Cookies = desk.Visitor.Cookies;
        await socket.ConnectAsync(server.SocketAddress($"/ws/viewer?ticket={ticket}&nameplate={host.Given.Nameplate}"), Cancel);
        await socket.SendAsync(new Join { Ticket = new byte[32], Nameplate = host.Given.Nameplate }.Encode(), WebSocketMessageType.Text, true, Cancel);

        Assert.Equal(BadTicket, RendezvousMessage.DecodeForViewer(System.Text.Encoding.UTF8.GetBytes(await socket.ReceiveTextAsync(Cancel))));
        Assert.Equal((int)SocketCloseCode.Refused, await socket.ReceiveCloseAsync(Cancel));
    }

    [Fact]
    public async Task A_ticket_that_is_unknown_used_expired_or_for_another_nameplate_gets_one_answer_and_touches_nothing()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var host = await HostPeer.WaitAsync(server, Cancel);
        var plate = host.Given.Nameplate;
        using var desk = await DeskPeer.SignInAsync(server);
        var other = plate == "000" ? "001" : "000";
        var used = await desk.TicketAsync(other);
        Assert.Equal(Unknown, (await desk.JoinAsync(used, other, Cancel)).Answer);
        var foreign = await desk.TicketAsync(other);
        var expired = await desk.TicketAsync(plate);
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(BadTicket, (await desk.JoinAsync(new string('0', 64), plate, Cancel)).Answer);
        Assert.Equal(BadTicket, (await desk.JoinAsync(used, other, Cancel)).Answer);
        Assert.Equal(BadTicket, (await desk.JoinAsync(foreign, plate, Cancel)).Answer);
        Assert.Equal(BadTicket, (await desk.JoinAsync(expired, plate, Cancel)).Answer);

        Assert.IsType<PairedViewer>((await desk.JoinAsync(plate, Cancel)).Answer);
    }

    [Fact]
    public async Task A_ticket_dies_with_its_sign_in_and_with_the_technicians_role()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var leaving = await DeskPeer.SignInAsync(server);
        using var demoted = await DeskPeer.SignInAsync(server);
        var (first, second) = (await leaving.TicketAsync(host.Given.Nameplate), await demoted.TicketAsync(host.Given.Nameplate));

        using var signedOut = await leaving.Visitor.SubmitAsync("/desk", "/sign-out");
        Assert.Equal(BadTicket, (await leaving.JoinAsync(first, host.Given.Nameplate, Cancel)).Answer);
        await using (var database = server.Services.GetRequiredService<DatabaseSource>().OpenForEvery())
            await database.Set<AccountRole>().OfEveryOrganization().Where(row => row.Role == Role.Technician).ExecuteDeleteAsync(Cancel);
        Assert.Equal(BadTicket, (await demoted.JoinAsync(second, host.Given.Nameplate, Cancel)).Answer);
    }

    [Fact]
    public async Task Unknown_expired_and_used_nameplates_are_refused_by_the_same_bytes()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var expired = await HostPeer.WaitAsync(server, Cancel);
        clock.Advance(TimeSpan.FromMinutes(61));
        using var desk = await DeskPeer.SignInAsync(server);
        using var used = await HostPeer.WaitAsync(server, Cancel);
        var (viewer, _) = await desk.JoinAsync(used.Given.Nameplate, Cancel);
        viewer.Abort();
        await used.ReadAsync(Cancel);
        await used.Socket.ReceiveCloseAsync(Cancel);
        var never = Enumerable.Range(0, 800).Select(number => number.ToString("D3", System.Globalization.CultureInfo.InvariantCulture))
            .First(plate => plate != expired.Given.Nameplate && plate != used.Given.Nameplate);

        var answers = new List<string>();
        foreach (var plate in new[] { never, expired.Given.Nameplate, used.Given.Nameplate })
        {
            using var socket = await server.OpenViewerAsync(Cancel);
            var join = new Join { Ticket = Convert.FromHexString(await desk.TicketAsync(plate)), Nameplate = plate };
            await socket.SendAsync(join.Encode(), WebSocketMessageType.Text, true, Cancel);
            answers.Add($"{await socket.ReceiveTextAsync(Cancel)} {await socket.ReceiveCloseAsync(Cancel)}");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("unknown", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_codes_pause_the_account_and_ten_in_a_day_lock_it_until_an_administrator_acts()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var desk = await DeskPeer.SignInAsync(server);
        using var early = await HostPeer.WaitAsync(server, Cancel);
        var lease = early.Given.Lease;
        await GuessWrongAsync(server, desk, 5);

        using (var paused = await desk.PostAsync("/desk/tickets", new TicketRequest("417")))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, paused.StatusCode);
            Assert.Equal(TimeSpan.FromMinutes(15), paused.Headers.RetryAfter!.Delta);
        }
        clock.Advance(TimeSpan.FromMinutes(15));
        await GuessWrongAsync(server, desk, 4);
        var held = await desk.TicketAsync("417");
        await GuessWrongAsync(server, desk, 1);

        Assert.Equal(new Refused(RefusalReason.Limited, 0), (await desk.JoinAsync(held, "417", Cancel)).Answer);
        using (var locked = await desk.PostAsync("/desk/tickets", new TicketRequest("417")))
            Assert.Equal(HttpStatusCode.Forbidden, locked.StatusCode);
        clock.Advance(TimeSpan.FromMinutes(20));
        using (var locked = await desk.PostAsync("/desk/tickets", new TicketRequest("417")))
            Assert.Equal(HttpStatusCode.Forbidden, locked.StatusCode);

        await using var database = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();
        var id = await database.Set<Account>().OfEveryOrganization().Select(row => row.Id).SingleAsync(Cancel);
        Assert.Contains("Locked: wrong codes", await desk.Visitor.ReadAsync("/people"), StringComparison.Ordinal);
        using (var unconfirmed = await desk.PostContentAsync($"/people/{id}/release", JsonContent.Create("")))
            Assert.StartsWith("/confirm?", unconfirmed.Headers.Location?.ToString(), StringComparison.Ordinal);
        (await desk.Visitor.SubmitAsync("/confirm", "/confirm", ("proof", RunningServer.Password), ("return", $"/people/{id}"))).Dispose();
        Assert.Contains("id=\"release\"", await desk.Visitor.ReadAsync($"/people/{id}"), StringComparison.Ordinal);
        using (var released = await desk.Visitor.SubmitAsync($"/people/{id}", $"/people/{id}/release"))
            Assert.Equal($"/people/{id}?done=released&lang=en", released.Headers.Location?.ToString());
        Assert.DoesNotContain("id=\"release\"", await desk.Visitor.ReadAsync($"/people/{id}?done=released"), StringComparison.Ordinal);
        Assert.NotEqual("", await desk.TicketAsync("417"));
        Assert.NotEqual(0, lease.Length);
    }

    [Fact]
    public async Task Twenty_unknown_nameplates_weigh_as_much_as_five_wrong_codes()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var desk = await DeskPeer.SignInAsync(server);
        for (var number = 0; number < 20; number++)
            Assert.Equal(Unknown, (await desk.JoinAsync("417", Cancel)).Answer);

        using var paused = await desk.PostAsync("/desk/tickets", new TicketRequest("417"));

        Assert.Equal(HttpStatusCode.TooManyRequests, paused.StatusCode);
    }

    [Fact]
    public async Task Many_wrong_codes_of_an_organization_raise_one_alarm()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--limit", "wrong-codes-alarm-per-day=2"] });
        using var desk = await DeskPeer.SignInAsync(server);
        for (var number = 0; number < 12; number++)
            await desk.JoinAsync("417", Cancel);

        await using var database = server.Services.GetRequiredService<DatabaseSource>().OpenUnscoped();
        Assert.Equal(1, await database.Set<Server.Audit.AuditEvent>().OfEveryOrganization().CountAsync(row => row.Action == "organization.wrong-codes", Cancel));
        Assert.Contains("somebody may be guessing", server.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>A customer whose technician types wrong digits so many times: each run breaks off and the host says why.</summary>
    private static async Task GuessWrongAsync(RunningServer server, DeskPeer desk, int times)
    {
        var host = await HostPeer.WaitAsync(server, Cancel);
        for (var number = 0; number < times; number++)
        {
            var (viewer, answer) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
            Assert.IsType<PairedViewer>(answer);
            viewer.Abort();
            await host.ReadAsync(Cancel);
            await host.Socket.ReceiveCloseAsync(Cancel);
            var lease = host.Given.Lease;
            host = await HostPeer.WaitAsync(server, Cancel, register => register with { Lease = lease, Outcome = RunOutcome.WrongCode });
        }
        host.Dispose();
    }
}
