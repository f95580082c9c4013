using System.Net;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class WaitingListTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_desk_lists_who_waits_and_for_how_long()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var first = await HostPeer.WaitAsync(server, Cancel, register => register with { CustomerName = "<img src=x onerror=alert(1)>" });
        clock.Advance(TimeSpan.FromSeconds(90));
        using var second = await HostPeer.WaitAsync(server, Cancel);
        using var desk = await DeskPeer.SignInAsync(server);

        var list = await desk.Visitor.Client.GetFromJsonAsync<WaitingList>(new Uri("/desk/waiting", UriKind.Relative), Cancel);

        Assert.Equal(
            [
                new WaitingLine(first.Given.Nameplate, "<img src=x onerror=alert(1)>", "nl", "linux-x64", 90, Guid.Empty, null),
                new WaitingLine(second.Given.Nameplate, "Mrs. Jansen", "nl", "linux-x64", 0, Guid.Empty, null),
            ],
            list!.Customers.Select(line => line with { Place = Guid.Empty }));
        Assert.Equal(2, list.Customers.Select(line => line.Place).Distinct().Count());
    }

    [Fact]
    public async Task A_page_that_follows_sees_customers_come_and_go_until_it_signs_out()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var desk = await DeskPeer.SignInAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/events");
        using var answer = await desk.Visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        await using var page = await FollowedPage.OpenAsync(answer, Cancel);

        Assert.Empty(await page.NextAsync());
        using var host = await HostPeer.WaitAsync(server, Cancel);
        Assert.Equal(host.Given.Nameplate, Assert.Single(await page.NextAsync()).Nameplate);
        host.Socket.Abort();
        Assert.Empty(await page.NextAsync());
        using var signedOut = await desk.Visitor.SubmitAsync("/desk", "/sign-out");
        Assert.False(await page.MoveAsync());
    }

    [Fact]
    public async Task Many_changes_at_once_become_few_events_and_the_last_one_is_true()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var desk = await DeskPeer.SignInAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/events");
        using var answer = await desk.Visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var page = await FollowedPage.OpenAsync(answer, Cancel);
        using var peers = new Peers();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => peers.Add(await HostPeer.WaitAsync(server, Cancel))));
        var count = 0;
        while ((await page.NextAsync()).Count < 20)
            count++;

        Assert.InRange(count, 0, 20);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_technician_follows_on_as_many_pages_as_the_limit_and_no_more()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--limit", "event-streams-per-technician=2"] });
        using var desk = await DeskPeer.SignInAsync(server);
        var open = new List<HttpResponseMessage>();
        for (var number = 0; number < 3; number++)
            open.Add(await desk.Visitor.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], open.Select(answer => answer.StatusCode));
        open.ForEach(answer => answer.Dispose());
        HttpStatusCode again;
        do
        {
            using var answer = await desk.Visitor.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            again = answer.StatusCode;
        }
        while (again != HttpStatusCode.OK);
    }
}
