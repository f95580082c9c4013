using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Audit;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Commands;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class PairingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_and_a_technician_meet_and_talk_in_both_directions()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel, register => register with { SidC = Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), Suites = [7, 1] });
        using var desk = await DeskPeer.SignInAsync(server);

        var (viewer, answer) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        using var _ = viewer;
        var paired = Assert.IsType<PairedViewer>(answer);
        var told = Assert.IsType<PairedHost>(await host.ReadAsync(Cancel));

        Assert.Equal("000102030405060708090a0b0c0d0e0f", Convert.ToHexStringLower(paired.SidC.Span));
        Assert.Equal<byte>([1], paired.Versions);
        Assert.Equal<ushort>([7, 1], paired.Suites);
        Assert.Equal(told.Session.ToArray(), paired.Session.ToArray());
        Assert.Equal(600u, host.Given.SecretSeconds);
        Assert.Equal(3600u, host.Given.NameplateSeconds);
        await TalkAsync(host.Socket, viewer);
    }

    [Fact]
    public async Task The_customers_program_gets_a_receipt_for_the_consent_that_the_organization_stands_behind()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var sidC = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        using var host = await HostPeer.WaitAsync(server, Cancel, register => register with { SidC = sidC });
        using var desk = await DeskPeer.SignInAsync(server);
        var (viewer, _) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        using var _ = viewer;
        var told = Assert.IsType<PairedHost>(await host.ReadAsync(Cancel));

        var (key, consent) = ((await RevokeTests.DocumentAsync(server)).Keys[0], (await HostPeer.RegistrationAsync(server, Cancel)).Consent);
        var receipt = ServerReceipt.Find(told.Receipt.Span, key.Span, sidC, consent);
        Assert.NotNull(receipt);
        Assert.Equal(told.Session.ToArray(), receipt.Session.ToArray());
        Assert.Null(ServerReceipt.Find(told.Receipt.Span, key.Span, new byte[16], consent));
        Assert.Null(ServerReceipt.Find(told.Receipt.Span, key.Span, sidC, consent with { Ticks = ConsentTicks.Terms }));
        Assert.Null(ServerReceipt.Find(told.Receipt.Span[..^1], key.Span, sidC, consent));
        Assert.Null(ServerReceipt.Find([], key.Span, sidC, consent));
    }

    [Fact]
    public async Task The_record_says_who_helped_whom_under_which_consent_and_how_it_ended()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var (viewer, answer) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        var id = Convert.ToHexStringLower(Assert.IsType<PairedViewer>(answer).Session.Span);
        await host.ReadAsync(Cancel);
        await TalkAsync(host.Socket, viewer);
        Assert.Equal(204, (int)(await desk.PostAsync("/desk/sessions", new SessionRequest(id))).StatusCode);
        await viewer.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await host.Socket.ReceiveCloseAsync(Cancel);
        Assert.Equal(204, (int)(await desk.PostAsync($"/desk/sessions/{id}/ended", new EndRequest("technician-ended"))).StatusCode);

        var session = await UntilEndedAsync(server, id);

        Assert.Equal(host.Given.Nameplate, session.Nameplate);
        Assert.Equal(Convert.ToHexStringLower((await HostPeer.RegistrationAsync(server, Cancel)).Consent.Hash()), session.ConsentHash);
        Assert.Equal("Mrs. Jansen", session.CustomerName);
        Assert.NotNull(session.StartedAt);
        Assert.Equal("technician-ended", session.EndReason);
        Assert.True(session.BytesFromHost > 0 && session.BytesFromViewer > 0);
        await using var database = await OpenAsync(server);
        var actions = await database.Set<AuditEvent>().Where(line => line.Object == id || line.Object == session.ConsentHash).OrderBy(line => line.Seq).Select(line => line.Action).ToListAsync(Cancel);
        Assert.Equal(["consent.given", "session.paired", "session.started"], actions.Take(3));
        Assert.Equal(["session.ended", "session.explained"], actions.Skip(3).Order());
    }

    [Fact]
    public async Task A_second_technician_hears_busy_during_a_run_and_unknown_after_it_became_a_session()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        using var second = await DeskPeer.SignInAsync(server);
        var (viewer, answer) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        using var held = viewer;

        var (refused, busy) = await second.JoinAsync(host.Given.Nameplate, Cancel);
        Assert.Equal(new Refused(RefusalReason.Busy, 0), busy);
        Assert.Equal((int)SocketCloseCode.Refused, await refused.ReceiveCloseAsync(Cancel));
        await desk.PostAsync("/desk/sessions", new SessionRequest(Convert.ToHexStringLower(Assert.IsType<PairedViewer>(answer).Session.Span)));
        Assert.Equal(new Refused(RefusalReason.Unknown, 0), (await second.JoinAsync(host.Given.Nameplate, Cancel)).Answer);

        await host.ReadAsync(Cancel);
        await TalkAsync(host.Socket, viewer);
    }

    [Fact]
    public async Task Of_ten_technicians_at_once_exactly_one_is_paired()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => desk.JoinAsync(host.Given.Nameplate, Cancel)));

        Assert.Single(answers, one => one.Answer is PairedViewer);
        Assert.Equal(9, answers.Count(one => one.Answer is Refused { Reason: RefusalReason.Busy }));
    }

    [Fact]
    public async Task After_a_failed_run_the_host_comes_back_under_the_same_nameplate_and_is_joined_again()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var (viewer, _) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        viewer.Abort();
        await host.ReadAsync(Cancel);
        Assert.Equal((int)SocketCloseCode.PeerGone, await host.Socket.ReceiveCloseAsync(Cancel));

        using var again = await HostPeer.WaitAsync(server, Cancel, register => register with { Lease = host.Given.Lease, Outcome = RunOutcome.WrongCode });

        Assert.Equal(host.Given.Nameplate, again.Given.Nameplate);
        Assert.Equal(host.Given.Lease.ToArray(), again.Given.Lease.ToArray());
        Assert.IsType<PairedViewer>((await desk.JoinAsync(again.Given.Nameplate, Cancel)).Answer);
    }

    [Fact]
    public async Task A_restarted_server_tells_both_sides_and_gives_the_waiting_host_its_number_back()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-restart-");
        await RunningServer.SetUpAsync(new DataFolder(folder.FullName));
        var server = await RunningServer.StartAsync(ServerSockets.Wide with { Folder = folder });
        using var waiting = await HostPeer.WaitAsync(server, Cancel);
        using var busy = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var (viewer, _) = await desk.JoinAsync(busy.Given.Nameplate, Cancel);
        await busy.ReadAsync(Cancel);

        var codes = Task.WhenAll(waiting.Socket.ReceiveCloseAsync(Cancel), busy.Socket.ReceiveCloseAsync(Cancel), viewer.ReceiveCloseAsync(Cancel));
        await server.DisposeAsync();
        Assert.Equal<int[]>([4006, 4006, 4006], await codes);

        await using var restarted = await RunningServer.StartAsync(ServerSockets.Wide with { Folder = folder });
        using var back = await HostPeer.WaitAsync(restarted, Cancel, register => register with { Lease = waiting.Given.Lease });
        Assert.Equal(waiting.Given.Nameplate, back.Given.Nameplate);
        await restarted.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Signing_out_closes_the_running_session_at_once()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var (viewer, _) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        await host.ReadAsync(Cancel);
        var closed = Task.WhenAll(viewer.ReceiveCloseAsync(Cancel), host.Socket.ReceiveCloseAsync(Cancel));
        var start = TimeProvider.System.GetTimestamp();

        using var signedOut = await desk.Visitor.SubmitAsync("/desk", "/sign-out");

        Assert.Equal<int[]>([(int)SocketCloseCode.Refused, (int)SocketCloseCode.PeerGone], await closed);
        var took = TimeProvider.System.GetElapsedTime(start);
        TestContext.Current.TestOutputHelper?.WriteLine($"both closed {took.TotalMilliseconds:F0} ms after the sign-out began (promise: 2000 ms)");
        Assert.True(took < TimeSpan.FromSeconds(2));
    }

    [Fact]
    [Trait("Invariant", "12")]
    [Trait("Invariant", "1")]
    public async Task Neither_the_log_nor_the_database_holds_a_ticket_a_lease_a_cookie_or_a_byte_of_the_session()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);
        var ticket = await desk.TicketAsync(host.Given.Nameplate);
        var (viewer, _) = await desk.JoinAsync(ticket, host.Given.Nameplate, Cancel);
        await desk.JoinAsync(ticket, host.Given.Nameplate, Cancel);
        await host.ReadAsync(Cancel);
        await viewer.SendBinaryAsync("typed words of the session"u8.ToArray(), Cancel);
        await host.Socket.ReceiveBinaryAsync(Cancel);
        viewer.Abort();
        await host.Socket.ReceiveCloseAsync(Cancel);

        var cookies = desk.Visitor.Cookies.GetAllCookies().Select(cookie => cookie.Value).ToList();
        var stored = string.Concat(Directory.EnumerateFiles(server.Folder, "nabij.db*").Select(ReadShared));
        Assert.NotEmpty(cookies);
        string[] secrets = [ticket, ticket.ToUpperInvariant(), Convert.ToHexStringLower(host.Given.Lease.Span), "typed words of the session", desk.Token, .. cookies];
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, server.Log.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains("paired", server.Log.Text, StringComparison.Ordinal);
    }

    private static async Task TalkAsync(WebSocket host, WebSocket viewer)
    {
        var (toHost, toViewer) = (RandomNumberGenerator.GetBytes(300), RandomNumberGenerator.GetBytes(40_000));
        await viewer.SendBinaryAsync(toHost, Cancel);
        await host.SendBinaryAsync(toViewer, Cancel);
        Assert.Equal(toHost, await host.ReceiveBinaryAsync(Cancel));
        Assert.Equal(toViewer, await viewer.ReceiveBinaryAsync(Cancel));
    }

    private static async Task<ServerDatabase> OpenAsync(RunningServer server)
    {
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        return server.Services.GetRequiredService<DatabaseSource>().Open(organization.Id);
    }

    private static async Task<SupportSession> UntilEndedAsync(RunningServer server, string id)
    {
        while (true)
        {
            await using var database = await OpenAsync(server);
            if (await database.Set<SupportSession>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel) is { EndedAt: not null } session)
                return session;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
