using System.Net;
using Nabij.Protocol;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.People;

/// <summary>What ends a sign-in ends its event stream and its running session too (security.md 5.2: within 2 s).</summary>
public sealed class RevokedSocketTests(ITestOutputHelper output)
{
    /// <summary>The promise; the test allows slow machines this many times as much, and prints what it took.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private const int SlowMachine = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Acts() => ["revoke", "off", "role", "password", "command"];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_ended_sign_in_closes_the_event_stream_and_the_running_session(string act)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "boss@example.test", Role.Owner, Role.Technician);
        using var boss = await Staff.SignInAsync(server, "boss@example.test");
        using var run = await PairedRun.StartAsync(server, Cancel);
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/events");
        using var events = await run.Desk.Visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        await using var stream = await events.Content.ReadAsStreamAsync(Cancel);

        var start = TimeProvider.System.GetTimestamp();
        await ActAsync(server, boss, act);
        using var limit = new CancellationTokenSource(Promise * SlowMachine, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Cancel, limit.Token);
        Assert.Equal((int)SocketCloseCode.Refused, await run.Viewer.ReceiveCloseAsync(either.Token));
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, either.Token) > 0)
        {
        }

        output.WriteLine($"{act}: {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:F0} ms, promised {Promise.TotalMilliseconds} ms on a machine of its own");
    }

    private static async Task ActAsync(RunningServer server, Visitor boss, string act)
    {
        var id = await Staff.IdAsync(server, RunningServer.Email);
        if (act == "command")
        {
            using var words = new StringWriter();
            Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["reset-owner", "--data", server.Folder, "--email", RunningServer.Email], new Terminal(words, words), Cancel));
            return;
        }

        if (act == "password")
        {
            using var own = await Staff.SignInAsync(server);
            Assert.Equal(HttpStatusCode.SeeOther, (await Staff.ReadAsync(own.SubmitAsync("/account", "/account/password", ("password", "seven quiet lamps 31")))).Status);
            return;
        }

        var path = act switch { "revoke" => "/sign-ins/end", "off" => "/off", _ => "" };
        var (status, _) = await Staff.ReadAsync(boss.SubmitAsync($"/people/{id}", $"/people/{id}{path}", ("name", "Peter"), ("role", Role.Auditor)));
        Assert.Equal(HttpStatusCode.SeeOther, status);
    }
}
