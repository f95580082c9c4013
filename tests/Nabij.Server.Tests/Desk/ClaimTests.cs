using System.Net;
using System.Text.Json;
using Nabij.Server.Desk;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class ClaimTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_colleague_sees_who_has_taken_a_customer_and_can_join_only_after_taking_over()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await DeskServer.AddAsync(server, DeskServer.SecondEmail, Server.Accounts.Role.Technician);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        using var anna = await DeskPeer.SignInAsync(server);
        using var bert = await DeskPeer.SignInAsync(server, DeskServer.SecondEmail);
        var (page, answer) = await FollowedPage.OpenAsync(bert.Visitor, Cancel);
        using var stream = answer;
        await using var follows = page;
        var line = Assert.Single(await page.NextAsync());

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(anna.PostAsync("/desk/claims", new ClaimRequest(line.Place, null))));
        Assert.Equal(RunningServer.OwnerName, Assert.Single(await page.NextAsync()).Claim?.Name);

        using (var refused = await bert.PostAsync("/desk/tickets", new TicketRequest(line.Nameplate)))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Equal(("claimed", RunningServer.OwnerName), (problem.GetProperty("title").GetString(), problem.GetProperty("by").GetString()));
        }

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(bert.PostAsync("/desk/claims", new ClaimRequest(line.Place, false))));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(bert.PostAsync($"/desk/claims/{line.Place}/release", new ClaimRequest(null, null))));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(bert.PostAsync("/desk/claims", new ClaimRequest(line.Place, true))));
        Assert.Equal(DeskServer.SecondEmail, Assert.Single(await page.NextAsync()).Claim?.Name);
        Assert.NotEqual("", await bert.TicketAsync(line.Nameplate));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(anna.PostAsync("/desk/tickets", new TicketRequest(line.Nameplate))));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(bert.PostAsync($"/desk/claims/{line.Place}/release", new ClaimRequest(null, null))));
        Assert.Null(Assert.Single(await page.NextAsync()).Claim);
        Assert.NotEqual("", await anna.TicketAsync(line.Nameplate));
    }

    [Fact]
    public async Task A_customer_who_does_not_wait_cannot_be_taken()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var desk = await DeskPeer.SignInAsync(server);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(desk.PostAsync("/desk/claims", new ClaimRequest(Guid.NewGuid(), true))));
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return answer.StatusCode;
    }
}
