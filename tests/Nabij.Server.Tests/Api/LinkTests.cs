using System.Net;
using Nabij.Server.Api;
using Nabij.Server.Callbacks;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Tests.Webhooks;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Api;

/// <summary>"Create a link from a ticket", and requests to call back, as a ticket system uses them.</summary>
public sealed class LinkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_becomes_a_link_that_opens_the_help_page_until_it_is_withdrawn()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var peer = await ApiPeer.WithAsync(server, Scopes.LinksCreate);

        var (status, made) = await peer.PostAsync("/api/v1/links", """{"ticket":"4711","customerName":"Mrs. <b>Jansen","language":"nl","message":"See you\nsoon"}""", "ticket-4711");
        var (_, again) = await peer.PostAsync("/api/v1/links", """{"ticket":"4711","customerName":"Mrs. <b>Jansen","language":"nl","message":"See you\nsoon"}""", "ticket-4711");
        Assert.Equal((HttpStatusCode.Created, made.GetRawText()), (status, again.GetRawText()));
        var link = made.GetProperty("link");
        var address = link.GetProperty("address").GetString() ?? "";
        Assert.Contains(address, made.GetProperty("email").GetProperty("text").GetString(), StringComparison.Ordinal);

        using var customer = server.Visit();
        var page = await customer.ReadAsync(new Uri(address).PathAndQuery);
        Assert.Contains("Jansen", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Jansen", page, StringComparison.Ordinal);
        var (_, seen) = await peer.GetAsync("/api/v1/links?ticket=4711");
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, Assert.Single(seen.GetProperty("items").EnumerateArray()).GetProperty("openedAt").ValueKind);
        Assert.Equal(0, (await peer.GetAsync("/api/v1/links?ticket=4712")).Json.GetProperty("items").GetArrayLength());

        var own = $"/api/v1/links/{link.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.NoContent, (await peer.SendAsync(new HttpRequestMessage(HttpMethod.Delete, own))).Status);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await peer.GetAsync(own)).Json.GetProperty("revokedAt").ValueKind);
        Assert.DoesNotContain("Jansen", await customer.ReadAsync(new Uri(address).PathAndQuery), StringComparison.Ordinal);
        Assert.Contains("token ", Assert.Single(await Staff.AuditAsync(server, "customer.invited")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ticket":"a\nb"}""")]
    [InlineData("""{"language":"xx"}""")]
    [InlineData("""{"hours":5}""")]
    [InlineData("""{"ticket":7}""")]
    [InlineData("""{"number":"4711"}""")]
    public async Task A_link_that_cannot_be_is_refused(string body)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var peer = await ApiPeer.WithAsync(server, Scopes.LinksCreate);

        Assert.Equal("invalid-body", (await peer.PostAsync("/api/v1/links", body)).Json.GetProperty("code").GetString());
        Assert.Empty(await Staff.AuditAsync(server, "customer.invited"));
    }

    [Fact]
    public async Task A_request_to_call_back_is_told_read_and_done()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hooks = await HookServer.StartAsync();
        await hooks.MakeAsync(receiver.Address, WebhookEvents.CallbackAsked);
        await using (var database = await hooks.Server.OpenDatabaseAsync())
        {
            for (var i = 0; i < 3; i++)
            {
                var form = new CallbackForm { Name = $"Customer {i}", Phone = "020 555 0123", Problem = "It does not start." };
                Assert.NotNull(await hooks.Server.Services.GetRequiredService<CallbackRequests>().AskAsync(database.CurrentOrganizationId, form, ("nl", "I agree."), Cancel));
            }
        }

        await hooks.SendAsync();
        await receiver.UntilAsync(3);
        var news = receiver.Messages.First();
        Assert.DoesNotContain("Customer", news.Body, StringComparison.Ordinal);
        var id = news.Json.GetProperty("data").GetProperty("callback").GetString();
        using var peer = await ApiPeer.WithAsync(hooks.Server, Scopes.CallbacksRead, Scopes.CallbacksWrite);
        Assert.StartsWith("Customer", (await peer.GetAsync($"/api/v1/callbacks/{id}")).Json.GetProperty("name").GetString(), StringComparison.Ordinal);

        var (_, done) = await peer.PostAsync($"/api/v1/callbacks/{id}", """{"state":"done"}""");
        Assert.Equal(("done", "ticket system"), (done.GetProperty("state").GetString(), done.GetProperty("handledBy").GetString()));
        Assert.Equal(2, (await peer.GetAsync("/api/v1/callbacks?state=open")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal("invalid-body", (await peer.PostAsync($"/api/v1/callbacks/{id}", """{"state":"gone"}""")).Json.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await peer.PostAsync($"/api/v1/callbacks/{Guid.NewGuid()}", """{"state":"done"}""")).Status);

        // All three were asked at the same moment of the clock: the id orders them.
        var ids = new HashSet<string>();
        var cursor = "";
        for (var i = 0; i < 3; i++)
        {
            var (_, json) = await peer.GetAsync($"/api/v1/callbacks?limit=1{cursor}");
            ids.Add(Assert.Single(json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString() ?? "");
            cursor = $"&cursor={json.GetProperty("next").GetString()}";
        }

        Assert.Equal(3, ids.Count);
    }
}
