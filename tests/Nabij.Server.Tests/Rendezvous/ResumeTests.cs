using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Audit;
using Nabij.Server.Desk;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>Coming back after a lost connection (docs/protocol/01-rendezvous.md, steps 9 to 13), on real sockets.</summary>
public sealed class ResumeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Party> Sides => [Party.Host, Party.Viewer];

    [Theory]
    [MemberData(nameof(Sides))]
    [Trait("Invariant", "7")]
    public async Task Both_come_back_and_talk_on_after_one_connection_broke(Party broken)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        var other = broken is Party.Host ? Party.Viewer : Party.Host;
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
        run.SocketOf(broken).Abort();
        Assert.Equal((int)SocketCloseCode.PeerGone, await run.SocketOf(other).ReceiveCloseAsync(Cancel));

        await ComeBackAsync(server, run, first: other);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Both_come_back_after_both_connections_broke_and_again_with_the_same_cookies(Party first)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();

        for (var time = 0; time < 3; time++)
        {
            var (host, viewer) = await ComeBackAsync(server, run, first);
            host.Socket.Abort();
            viewer.Socket.Abort();
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_side_that_changed_its_address_ends_what_is_left_of_the_old_connection(Party moved)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        var other = moved is Party.Host ? Party.Viewer : Party.Host;

        // The server has not noticed anything: the old socket of the side is still open.
        var closed = run.SocketOf(other).ReceiveCloseAsync(Cancel);
        using var back = await ReturnPeer.WaitAsync(server, moved, run.Of(moved), Cancel);

        Assert.Equal((int)SocketCloseCode.PeerGone, await closed);
        using var second = await ReturnPeer.SendAsync(server, other, run.Of(other), Cancel);
        Assert.IsType<Rejoined>(await second.ReadAsync(Cancel));
        Assert.IsType<Rejoined>(await back.ReadAsync(Cancel));
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task A_restarted_server_puts_both_together_again_without_having_stored_a_cookie()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-server-test-");
        await RunningServer.SetUpAsync(new DataFolder(folder.FullName));
        var choices = ServerSockets.Wide with { Folder = folder };
        PairedRun run;
        await using (var server = await RunningServer.StartAsync(choices))
        {
            run = await PairedRun.StartAsync(server, Cancel);
        }
        using var _ = run;
        await using var restarted = await RunningServer.StartAsync(choices);

        await ComeBackAsync(restarted, run, Party.Viewer);

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_record_goes_on_and_the_audit_log_tells_of_the_resume()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
        run.Cut();
        var (host, viewer) = await ComeBackAsync(server, run, Party.Host);
        Assert.Null((await RecordAsync(server, run.Id)).EndedAt);

        await viewer.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await host.Socket.ReceiveCloseAsync(Cancel);

        await UntilAsync(async () => (await RecordAsync(server, run.Id)).EndedAt is not null);
        var record = await RecordAsync(server, run.Id);
        Assert.Equal((4, 6), (record.BytesFromHost, record.BytesFromViewer));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Set<AuditEvent>().CountAsync(line => line.Object == run.Id && line.Action == "session.resumed", Cancel));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_cookie_of_another_run_of_the_other_side_or_changed_in_any_byte_is_refused(Party side)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        using var another = await PairedRun.StartAsync(server, Cancel);
        var good = run.Of(side);

        using (var peer = await ReturnPeer.SendAsync(server, side, good with { Cookie = another.Of(side).Cookie }, Cancel))
            await peer.ExpectRefusedAsync(Cancel);
        using (var peer = await ReturnPeer.SendAsync(server, side, good with { Cookie = run.Of(side is Party.Host ? Party.Viewer : Party.Host).Cookie }, Cancel))
            await peer.ExpectRefusedAsync(Cancel);
        for (var at = 0; at < Resume.CookieBytes; at++)
        {
            var cookie = good.Cookie.ToArray();
            cookie[at] ^= 1;
            using var peer = await ReturnPeer.SendAsync(server, side, good with { Cookie = cookie }, Cancel);
            await peer.ExpectRefusedAsync(Cancel);
        }
        // Nobody who only guesses disturbs the run.
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_session_that_was_closed_in_good_order_is_not_resumed(Party closes)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.SocketOf(closes).CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await run.SocketOf(closes is Party.Host ? Party.Viewer : Party.Host).ReceiveCloseAsync(Cancel);

        foreach (var side in (Party[])[Party.Host, Party.Viewer])
        {
            using var back = await ReturnPeer.SendAsync(server, side, run.Of(side), Cancel);
            await back.ExpectRefusedAsync(Cancel);
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Who_ends_while_the_line_is_away_sends_the_other_side_home_at_once(Party ends)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        var other = ends is Party.Host ? Party.Viewer : Party.Host;
        using var back = await ReturnPeer.WaitAsync(server, ends, run.Of(ends), Cancel);
        await back.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await UntilAsync(() => Task.FromResult(server.Services.GetRequiredService<ResumeRoom>().HasEnded(run.Id)));

        using var late = await ReturnPeer.SendAsync(server, other, run.Of(other), Cancel);

        await late.ExpectRefusedAsync(Cancel);
    }

    [Fact]
    public async Task A_session_that_the_technicians_page_explained_is_not_resumed()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.Desk.PostAsync("/desk/sessions", new SessionRequest(run.Id));
        await run.Desk.PostAsync($"/desk/sessions/{run.Id}/ended", new EndRequest("technician-ended"));
        run.Cut();

        using var back = await ReturnPeer.SendAsync(server, Party.Host, run.OfHost, Cancel);

        await back.ExpectRefusedAsync(Cancel);
    }

    [Fact]
    public async Task Who_may_not_come_back_breaks_off_nothing()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        await run.Desk.PostAsync("/desk/sessions", new SessionRequest(run.Id));
        await run.Desk.PostAsync($"/desk/sessions/{run.Id}/ended", new EndRequest("technician-ended"));

        using var back = await ReturnPeer.SendAsync(server, Party.Host, run.OfHost, Cancel);

        await back.ExpectRefusedAsync(Cancel);
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task After_the_window_nobody_is_taken_back(Party side)
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        await UntilAsync(async () => (await RecordAsync(server, run.Id)).EndedAt is not null);
        clock.Advance(TimeSpan.FromSeconds(299));
        using var inTime = await ReturnPeer.WaitAsync(server, side, run.Of(side), Cancel);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((int)SocketCloseCode.Expired, await inTime.Socket.ReceiveCloseAsync(Cancel));
        using var late = await ReturnPeer.SendAsync(server, side, run.Of(side), Cancel);
        await late.ExpectRefusedAsync(Cancel);
    }

    [Fact]
    public async Task A_technician_who_signed_out_does_not_come_back_even_signed_in_anew()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        using var host = await ReturnPeer.WaitAsync(server, Party.Host, run.OfHost, Cancel);
        using var signedOut = await run.Desk.Visitor.SubmitAsync("/desk", "/sign-out");
        using var again = await DeskPeer.SignInAsync(server);

        using var viewer = await ReturnPeer.SendAsync(server, Party.Viewer, run.OfViewer, Cancel);

        await viewer.ExpectRefusedAsync(Cancel);
    }

    [Fact]
    public async Task Signing_out_ends_the_wait_and_a_resumed_run()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        var (host, viewer) = await ComeBackAsync(server, run, Party.Host);

        using var signedOut = await run.Desk.Visitor.SubmitAsync("/desk", "/sign-out");

        Assert.Equal((int)SocketCloseCode.Refused, await viewer.Socket.ReceiveCloseAsync(Cancel));
        Assert.Equal((int)SocketCloseCode.PeerGone, await host.Socket.ReceiveCloseAsync(Cancel));
        using var back = await ReturnPeer.SendAsync(server, Party.Host, run.OfHost, Cancel);
        await back.ExpectRefusedAsync(Cancel);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_newer_socket_of_the_same_side_takes_the_place_of_the_one_that_waits(Party side)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        using var older = await ReturnPeer.WaitAsync(server, side, run.Of(side), Cancel);

        using var newer = await ReturnPeer.WaitAsync(server, side, run.Of(side), Cancel);

        Assert.Equal((int)SocketCloseCode.PeerGone, await older.Socket.ReceiveCloseAsync(Cancel));
        var other = side is Party.Host ? Party.Viewer : Party.Host;
        using var second = await ReturnPeer.SendAsync(server, other, run.Of(other), Cancel);
        Assert.IsType<Rejoined>(await second.ReadAsync(Cancel));
        Assert.IsType<Rejoined>(await newer.ReadAsync(Cancel));
    }

    [Fact]
    public async Task A_refusal_of_the_other_end_is_passed_on_with_its_code()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        var (host, viewer) = await ComeBackAsync(server, run, Party.Viewer);

        await host.Socket.CloseOutputAsync((WebSocketCloseStatus)SocketCloseCode.ResumeRefused, null, Cancel);

        Assert.Equal((int)SocketCloseCode.ResumeRefused, await viewer.Socket.ReceiveCloseAsync(Cancel));
        // A refusal ends one try, not the session.
        await ComeBackAsync(server, run, Party.Host);
    }

    [Fact]
    public async Task Who_talks_while_waiting_is_closed_with_4000()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        using var back = await ReturnPeer.WaitAsync(server, Party.Host, run.OfHost, Cancel);

        await back.Socket.SendBinaryAsync(new byte[1], Cancel);

        Assert.Equal((int)SocketCloseCode.BadMessage, await back.Socket.ReceiveCloseAsync(Cancel));
    }

    [Fact]
    public async Task A_server_that_stops_tells_who_waits()
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        using var back = await ReturnPeer.WaitAsync(server, Party.Host, run.OfHost, Cancel);

        var closed = back.Socket.ReceiveCloseAsync(Cancel);
        await server.DisposeAsync();

        Assert.Equal((int)SocketCloseCode.GoingAway, await closed);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task An_address_that_tries_too_often_is_told_to_wait()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--limit", "resumes-per-minute=2"] });
        var nobody = new Resume { Session = new byte[16], Cookie = new byte[Resume.CookieBytes] };
        for (var time = 0; time < 2; time++)
        {
            using var peer = await ReturnPeer.SendAsync(server, Party.Host, nobody, Cancel);
            await peer.ExpectRefusedAsync(Cancel);
        }

        using var third = await ReturnPeer.SendAsync(server, Party.Host, nobody, Cancel);

        var refused = Assert.IsType<Refused>(await third.ReadAsync(Cancel));
        Assert.Equal(RefusalReason.Limited, refused.Reason);
        Assert.InRange(refused.RetryAfterSeconds, 1UL, 60UL);
    }

    [Fact]
    [Trait("Invariant", "12")]
    public async Task No_cookie_appears_in_the_log()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var run = await PairedRun.StartAsync(server, Cancel);
        run.Cut();
        await ComeBackAsync(server, run, Party.Host);

        var log = server.Log.Text;
        Assert.Contains("resumed", log, StringComparison.Ordinal);
        foreach (var side in (Party[])[Party.Host, Party.Viewer])
            Assert.DoesNotContain(Convert.ToHexStringLower(run.Of(side).Cookie.Span[48..]), log, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(ReturnPeer Host, ReturnPeer Viewer)> ComeBackAsync(RunningServer server, PairedRun run, Party first)
    {
        var second = first is Party.Host ? Party.Viewer : Party.Host;
        var one = await ReturnPeer.WaitAsync(server, first, run.Of(first), Cancel);
        var two = await ReturnPeer.SendAsync(server, second, run.Of(second), Cancel);
        Assert.Equal(run.OfHost.Session.ToArray(), Assert.IsType<Rejoined>(await one.ReadAsync(Cancel)).Session.ToArray());
        Assert.IsType<Rejoined>(await two.ReadAsync(Cancel));
        var (host, viewer) = first is Party.Host ? (one, two) : (two, one);
        await PairedRun.TalkAsync(host.Socket, viewer.Socket, Cancel);
        return (host, viewer);
    }

    private static async Task<SupportSession> RecordAsync(RunningServer server, string id)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<SupportSession>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
    }
}
