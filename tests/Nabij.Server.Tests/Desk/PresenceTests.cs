using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Desk;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

/// <summary>An open desk asks for things all day; only a person at it keeps the sign-in (security.md 5.2: idle 30 minutes).</summary>
public sealed class PresenceTests
{
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_desk_with_nobody_at_it_is_signed_out_and_told_no_names_any_more()
    {
        await using var server = await StartAsync();
        using var desk = await DeskPeer.SignInAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/events");
        using var events = await desk.Visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var stream = await events.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[4096];
        Assert.NotEqual(0, await stream.ReadAsync(buffer, Cancel));
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            foreach (var path in (string[])["/desk/waiting", "/desk/callbacks", "/desk/presence"])
                Assert.Equal(HttpStatusCode.OK, await desk.Visitor.StatusAsync(path));
        }

        await LookAsync(server);
        Assert.Equal(1, Watched(server));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await LookAsync(server);

        Assert.Equal(0, Watched(server));
        while (await stream.ReadAsync(buffer, Cancel) > 0)
        {
        }

        using var again = await desk.PostContentAsync("/desk/presence", JsonContent.Create(""));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task A_person_at_the_desk_stays_signed_in_until_the_end_of_the_day()
    {
        await using var server = await StartAsync();
        using var desk = await DeskPeer.SignInAsync(server);
        Assert.Equal(new PresenceAnswer(1800, IsIdle: true), await AskAsync(desk));
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(new PresenceAnswer(60, IsIdle: true), await AskAsync(desk));
        Assert.Equal(new PresenceAnswer(60, IsIdle: true), await AskAsync(desk));

        for (var i = 0; i < 26; i++)
        {
            Assert.Equal(new PresenceAnswer(1800, IsIdle: true), await SayAsync(desk));
            _clock.Advance(TimeSpan.FromMinutes(26));
        }

        Assert.Equal(new PresenceAnswer(15 * 60, IsIdle: false), await SayAsync(desk));
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(ServerSockets.Wide with { Clock = _clock });

    private static Task LookAsync(RunningServer server) => server.Services.GetServices<IHostedService>().OfType<SignInWatch>().Single().LookAsync(Cancel);

    private static int Watched(RunningServer server) => server.Services.GetRequiredService<LiveSignIns>().Watched().Count;

    private static async Task<PresenceAnswer> AskAsync(DeskPeer desk) =>
        await desk.Visitor.Client.GetFromJsonAsync<PresenceAnswer>(new Uri("/desk/presence", UriKind.Relative), Cancel) ?? throw new InvalidOperationException();

    private static async Task<PresenceAnswer> SayAsync(DeskPeer desk)
    {
        using var answer = await desk.PostContentAsync("/desk/presence", JsonContent.Create(""));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<PresenceAnswer>(Cancel) ?? throw new InvalidOperationException();
    }
}
