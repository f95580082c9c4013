using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk;
using Nabij.Server.Rendezvous;
using Nabij.Server.Watch;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>One more participant in a running session, as far as the server goes (docs/protocol/01, PARTICIPANT; 13).</summary>
public sealed class GuestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_colleague_joins_a_running_session_on_a_nameplate_of_its_own_that_nobody_sees_waiting()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        using var guest = await HostPeer.ConnectAsync(server, Cancel);
        var given = Assert.IsType<NameplateGiven>(await AskAsync(guest, run.OfHost, ParticipantRole.Technician));

        Assert.DoesNotContain(given.Nameplate, await run.Desk.Visitor.ReadAsync("/desk/waiting"), StringComparison.Ordinal);
        var (viewer, answer) = await run.Desk.JoinAsync(given.Nameplate, Cancel);
        using var _ = viewer;
        Assert.Equal(Enumerable.Repeat((byte)9, 16), Assert.IsType<PairedViewer>(answer).SidC.ToArray());
        var paired = Assert.IsType<PairedHost>(await guest.ReadAsync(Cancel));
        await PairedRun.TalkAsync(guest.Socket, viewer, Cancel);
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);

        await using var database = await server.OpenDatabaseAsync();
        var row = await database.Set<SupportSession>().SingleAsync(one => one.ParentId != null, Cancel);
        Assert.Equal((Convert.ToHexStringLower(paired.Session.Span), run.Id, SupportSession.TechnicianRole), (row.Id, row.ParentId, row.Role));
        var actions = await database.Set<AuditEvent>().Select(one => one.Action).ToListAsync(Cancel);
        Assert.Contains("session.invited", actions);
        Assert.Contains("session.joined", actions);
    }

    [Fact]
    public async Task A_relative_joins_with_a_ticket_of_the_watch_page_and_only_where_a_relative_was_invited()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        using var guest = await HostPeer.ConnectAsync(server, Cancel);
        var given = Assert.IsType<NameplateGiven>(await AskAsync(guest, run.OfHost, ParticipantRole.Relative));
        using var customer = await HostPeer.WaitAsync(server, Cancel);
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync($"/o/{RunningServer.Slug}/watch"));

        Assert.Equal(RefusalReason.Unknown, Assert.IsType<Refused>((await run.Desk.JoinAsync(given.Nameplate, Cancel)).Answer).Reason);
        Assert.Equal(RefusalReason.Unknown, Assert.IsType<Refused>(await JoinAsync(server, await TicketAsync(visitor, token, customer.Given.Nameplate), customer.Given.Nameplate)).Reason);
        Assert.IsType<PairedViewer>(await JoinAsync(server, await TicketAsync(visitor, token, given.Nameplate), given.Nameplate));
        Assert.IsType<PairedHost>(await guest.ReadAsync(Cancel));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(SupportSession.RelativeRole, (await database.Set<SupportSession>().SingleAsync(one => one.ParentId == run.Id, Cancel)).Role);
    }

    [Fact]
    public async Task A_relative_stays_although_nobody_is_signed_in_and_goes_when_no_technician_is_left()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.BecomeSessionAsync();
        using var guest = await HostPeer.ConnectAsync(server, Cancel);
        var given = Assert.IsType<NameplateGiven>(await AskAsync(guest, run.OfHost, ParticipantRole.Relative));
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync($"/o/{RunningServer.Slug}/watch"));
        using var relative = await server.OpenViewerAsync(Cancel);
        Assert.IsType<PairedViewer>(await JoinAsync(relative, await TicketAsync(visitor, token, given.Nameplate), given.Nameplate));
        Assert.IsType<PairedHost>(await guest.ReadAsync(Cancel));

        await server.Services.GetServices<IHostedService>().OfType<SignInWatch>().Single().LookAsync(Cancel);
        clock.Advance(TimeSpan.FromMinutes(1));
        await PairedRun.TalkAsync(guest.Socket, relative, Cancel);

        using (var ended = await run.Desk.PostAsync($"/desk/sessions/{run.Id}/ended", new EndRequest("technician-ended"))) ended.EnsureSuccessStatusCode();
        run.Cut();
        await using var database = await server.OpenDatabaseAsync();
        while (!await database.Set<SupportSession>().AnyAsync(one => one.Id == run.Id && one.EndedAt != null, Cancel)) await Task.Yield();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(WebSocketMessageType.Close, (await relative.ReceiveAsync(new byte[16], Cancel)).MessageType);
    }

    [Fact]
    public async Task Before_the_technician_has_proven_the_code_nobody_can_be_invited()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        using var guest = await HostPeer.ConnectAsync(server, Cancel);
        Assert.Equal(RefusalReason.Unknown, Assert.IsType<Refused>(await AskAsync(guest, run.OfHost, ParticipantRole.Relative)).Reason);
    }

    [Fact]
    public async Task Without_the_cookie_of_a_run_that_goes_on_there_is_no_nameplate()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        foreach (var wrong in new[] { run.OfViewer, run.OfHost with { Cookie = new byte[Resume.CookieBytes] }, run.OfHost with { Session = new byte[16] } })
        {
            using var guest = await HostPeer.ConnectAsync(server, Cancel);
            Assert.Equal(RefusalReason.Unknown, Assert.IsType<Refused>(await AskAsync(guest, wrong, ParticipantRole.Technician)).Reason);
        }
    }

    [Fact]
    public async Task The_watch_page_gives_an_address_twenty_tickets_an_hour_and_none_without_the_form_token()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync($"/o/{RunningServer.Slug}/watch"));
        using (var refused = await PostAsync(visitor, "", "417")) Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var invalid = await PostAsync(visitor, token, "41")) Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        for (var ticket = 0; ticket < WatchLimit.MostPerHour; ticket++) await TicketAsync(visitor, token, "417");
        using var limited = await PostAsync(visitor, token, "417");
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
    }

    private static async Task<RendezvousMessage> AskAsync(HostPeer guest, Resume run, ParticipantRole role)
    {
        var wanted = new RegisterParticipant
        {
            Session = run.Session, Cookie = run.Cookie, SidC = Enumerable.Repeat((byte)9, 16).ToArray(), Versions = [1], Suites = [1], Role = role,
        };
        await guest.Socket.SendAsync(wanted.Encode(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        return await guest.ReadAsync(Cancel);
    }

    private static async Task<string> TicketAsync(Visitor visitor, string token, string nameplate)
    {
        using var answer = await PostAsync(visitor, token, nameplate);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<TicketAnswer>(Cancel))!.Ticket;
    }

    private static async Task<HttpResponseMessage> PostAsync(Visitor visitor, string token, string nameplate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/o/{RunningServer.Slug}/watch/tickets") { Content = JsonContent.Create(new TicketRequest(nameplate)) };
        if (token.Length > 0)
            request.Headers.Add("X-Nabij-Antiforgery", token);
        return await visitor.Client.SendAsync(request, Cancel);
    }

    private static async Task<RendezvousMessage> JoinAsync(RunningServer server, string ticket, string nameplate) =>
        await JoinAsync(await server.OpenViewerAsync(Cancel), ticket, nameplate);

    private static async Task<RendezvousMessage> JoinAsync(ClientWebSocket socket, string ticket, string nameplate)
    {
        await socket.SendAsync(new Join { Ticket = Convert.FromHexString(ticket), Nameplate = nameplate }.Encode(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        return RendezvousMessage.DecodeForViewer(Encoding.UTF8.GetBytes(await socket.ReceiveTextAsync(Cancel)));
    }
}
