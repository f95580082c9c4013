using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.Desk;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Api;

public sealed class ApiCallTests(DeskServer shared)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_needs_its_scope_and_no_other()
    {
        var server = await shared.Server;
        var calls = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Endpoint: endpoint, Operation: endpoint.Metadata.GetMetadata<ApiOperation>())).Where(call => call.Operation is not null).ToList();
        Assert.True(calls.Count > 10);

        foreach (var scope in Scopes.All)
        {
            using var peer = await ApiPeer.WithAsync(server, scope);
            foreach (var (endpoint, operation) in calls)
            {
                var method = EndpointPolicyTests.Name(endpoint).Split(' ')[0];
                var path = $"/{endpoint.RoutePattern.RawText?.Trim('/')}".Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{id}", "0", StringComparison.Ordinal);
                var (status, _) = await peer.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
                Assert.True((status == HttpStatusCode.Forbidden) == (operation?.Scope is { } needed && needed != scope), $"{scope} {method} {path}: {status}");
            }
        }
    }

    [Fact]
    public async Task Every_line_of_a_list_comes_once_however_it_is_cut()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await using (var database = await server.OpenDatabaseAsync())
        {
            var technician = await Staff.IdAsync(server, RunningServer.Email);
            // Several at the same moment, so that the time alone does not order them.
            await Runs.AddAsync(database, technician, [.. Enumerable.Range(1, 23).Select(i => (i, Noon.AddMinutes(i / 4), true, (int?)5))]);
        }

        using var peer = await ApiPeer.WithAsync(server);
        foreach (var (list, limit) in ((string, int)[])[("sessions", 1), ("sessions", 4), ("sessions", 23), ("sessions", 200), ("records", 5)])
        {
            var ids = new List<string>();
            var cursor = "";
            do
            {
                var (status, json) = await peer.GetAsync($"/api/v1/{list}?limit={limit}{cursor}");
                Assert.Equal(HttpStatusCode.OK, status);
                ids.AddRange(json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString() ?? ""));
                Assert.True(ids.Count <= 23);
                cursor = json.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
            }
            while (cursor.Length > 0);
            Assert.Equal(23, ids.Distinct().Count());
        }
    }

    [Fact]
    public async Task Sessions_are_found_by_time_state_and_technician_and_counted_by_day()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        var technician = await Staff.IdAsync(server, RunningServer.Email);
        var colleague = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        await using (var database = await server.OpenDatabaseAsync())
        {
            await Runs.AddAsync(database, technician, (1, Noon, true, 10), (2, Noon.AddHours(1), false, 1), (3, Noon.AddHours(2), true, null), (4, Noon.AddHours(-13), true, 20));
            // Who joined is a part of the session, and no session.
            await Runs.AddPartAsync(database, (colleague, 11), (1, SupportSession.TechnicianRole));
            await Runs.AddPartAsync(database, (technician, 12), (1, SupportSession.RelativeRole));
        }

        using var peer = await ApiPeer.WithAsync(server);

        Assert.Equal((int[])[3], await NumbersAsync(peer, "state=active"));
        Assert.Equal((int[])[1, 4], await NumbersAsync(peer, "state=ended"));
        Assert.Equal((int[])[2], await NumbersAsync(peer, "state=failed"));
        Assert.Equal((int[])[2, 1], await NumbersAsync(peer, "from=2026-11-20T12:00:00Z&until=2026-11-20T15:00:00%2B01:00"));
        Assert.Equal((int[])[], await NumbersAsync(peer, $"technician={Guid.NewGuid()}"));
        Assert.Equal((int[])[3, 2, 1, 4], await NumbersAsync(peer, $"technician={technician}"));
        Assert.Equal((int[])[1], await NumbersAsync(peer, $"technician={colleague}"));

        var (_, one) = await peer.GetAsync($"/api/v1/sessions/{Runs.Id(1)}");
        Assert.Equal((600, "Customer 1", RunningServer.OwnerName), (one.GetProperty("seconds").GetInt32(), one.GetProperty("customerName").GetString(), one.GetProperty("technician").GetProperty("name").GetString()));
        var (_, counts) = await peer.GetAsync("/api/v1/statistics?from=2026-11-20&until=2026-11-20");
        // Run 4 was at 23:00 UTC, which is midnight in Amsterdam: it counts for the 20th.
        Assert.Equal((3, 1, 1800), (counts.GetProperty("sessions").GetInt32(), counts.GetProperty("failed").GetInt32(), counts.GetProperty("seconds").GetInt32()));
        Assert.Equal(
            ((string, int, int)[])[(RunningServer.OwnerName, 3, 1800), ("tom", 0, 600)],
            counts.GetProperty("technicians").EnumerateArray().Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("sessions").GetInt32(), one.GetProperty("seconds").GetInt32())));
        var (_, usual) = await peer.GetAsync("/api/v1/statistics");
        Assert.Equal((30, 3), (usual.GetProperty("days").GetArrayLength(), usual.GetProperty("sessions").GetInt32()));
    }

    [Theory]
    [InlineData("/api/v1/sessions?limit=0", "invalid-parameter")]
    [InlineData("/api/v1/sessions?limit=201", "invalid-parameter")]
    [InlineData("/api/v1/sessions?limit=1&limit=2", "invalid-parameter")]
    [InlineData("/api/v1/sessions?unknown=1", "invalid-parameter")]
    [InlineData("/api/v1/sessions?state=open", "invalid-parameter")]
    [InlineData("/api/v1/sessions?from=yesterday", "invalid-parameter")]
    [InlineData("/api/v1/sessions?from=2026-11-20T12:00:00", "invalid-parameter")]
    [InlineData("/api/v1/sessions?technician=1", "invalid-parameter")]
    [InlineData("/api/v1/sessions?cursor=x", "cursor-invalid")]
    [InlineData("/api/v1/sessions?cursor=MSAnIG9yIDE9MQ", "cursor-invalid")]
    [InlineData("/api/v1/statistics?from=2026-11-20&until=2026-11-19", "invalid-parameter")]
    [InlineData("/api/v1/statistics?from=2020-01-01&until=2026-11-19", "invalid-parameter")]
    [InlineData("/api/v1/statistics?from=0001-01-01&until=0001-01-02", "invalid-parameter")]
    [InlineData("/api/v1/sessions/none", "not-found")]
    [InlineData("/api/v1/records/none", "not-found")]
    [InlineData("/api/v1/nothing", "not-found")]
    [InlineData("/api/v2/sessions", "not-found")]
    [InlineData("/api", "not-found")]
    public async Task A_request_that_is_not_right_is_refused_with_a_stable_word(string path, string code)
    {
        using var peer = await ApiPeer.WithAsync(await shared.Server);

        using var answer = await peer.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var json = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(Cancel), default, Cancel)).RootElement;
        Assert.Equal((code, (int)answer.StatusCode), (json.GetProperty("code").GetString(), json.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData("", "application/json", "invalid-body")]
    [InlineData("null", "application/json", "invalid-body")]
    [InlineData("[]", "application/json", "invalid-body")]
    [InlineData("{}", "application/json", "invalid-body")]
    [InlineData("{\"name\":\"a\",\"address\":\"https://a.test/\",\"events\":[\"session.started\"],\"more\":1}", "application/json", "invalid-body")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"address\":\"https://a.test/\",\"events\":[\"session.started\"]}", "application/json", "invalid-body")]
    [InlineData("{\"name\":null,\"address\":\"https://a.test/\",\"events\":[\"session.started\"]}", "application/json", "invalid-body")]
    [InlineData("{\"name\":\"a\",\"address\":\"https://a.test/\",\"events\":[null]}", "application/json", "invalid-body")]
    [InlineData("{\"name\":\"a\",\"address\":\"https://a.test/\",\"events\":[[[[[[[[[[]]]]]]]]]]}", "application/json", "invalid-body")]
    [InlineData("{\"name\":\"a\",\"address\":\"https://a.test/\",\"events\":[\"session.started\"]}", "text/plain", "not-json")]
    [InlineData("{\"name\":\"a\",\"address\":\"https://a.test/\",\"events\":[\"nothing\"]}", "application/json", "invalid-body")]
    public async Task A_body_is_read_strictly(string body, string type, string code)
    {
        using var peer = await ApiPeer.WithAsync(await shared.Server);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks") { Content = new StringContent(body, MediaTypeHeaderValue.Parse(type)) };

        var (_, json) = await peer.SendAsync(request);

        Assert.Equal(code, json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Other_methods_large_bodies_and_other_sites_are_refused_in_the_same_form()
    {
        using var peer = await ApiPeer.WithAsync(await shared.Server);

        Assert.Equal("method-refused", (await peer.PostAsync("/api/v1/sessions", "{}")).Json.GetProperty("code").GetString());
        Assert.Equal("too-large", (await peer.PostAsync("/api/v1/webhooks", $"{{\"name\":\"{new string('a', 70_000)}\"}}")).Json.GetProperty("code").GetString());
        peer.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal("invalid-request", (await peer.PostAsync("/api/v1/webhooks", "{}")).Json.GetProperty("code").GetString());
        using var answer = await peer.Client.GetAsync(new Uri("/api/v1/token", UriKind.Relative), Cancel);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_has_an_answer_is_not_sent_it_again()
    {
        await using var server = await RunningServer.StartAsync();
        using var peer = await ApiPeer.WithAsync(server);
        using var first = await peer.Client.GetAsync(new Uri("/api/v1/people", UriKind.Relative), Cancel);
        peer.Client.DefaultRequestHeaders.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag));

        using var again = await peer.Client.GetAsync(new Uri("/api/v1/people", UriKind.Relative), Cancel);
        await Staff.AddAsync(server, "new@example.test", Nabij.Server.Accounts.Role.Technician);
        using var changed = await peer.Client.GetAsync(new Uri("/api/v1/people", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancel));
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task A_call_with_a_key_acts_once_and_gets_the_same_answer()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        using var peer = await ApiPeer.WithAsync(server);
        using var other = await ApiPeer.WithAsync(server);
        const string body = """{"name":"a","address":"https://a.example/hook","events":["session.started"]}""";

        var (_, first) = await peer.PostAsync("/api/v1/webhooks", body, "key-1");
        var (status, again) = await peer.PostAsync("/api/v1/webhooks", body, "key-1");
        Assert.Equal((HttpStatusCode.Created, first.GetRawText()), (status, again.GetRawText()));
        Assert.Equal("idempotency-key-reused", (await peer.PostAsync("/api/v1/webhooks", body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), "key-1")).Json.GetProperty("code").GetString());
        Assert.Equal("idempotency-key-invalid", (await peer.PostAsync("/api/v1/webhooks", body, new string('k', 65))).Json.GetProperty("code").GetString());
        await other.PostAsync("/api/v1/webhooks", body, "key-1");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => peer.PostAsync("/api/v1/webhooks", body, "key-2")));
        Assert.Equal(3, (await peer.GetAsync("/api/v1/webhooks")).Json.GetProperty("items").GetArrayLength());

        // A refused call keeps no key, and a key is free again after a day.
        await peer.PostAsync("/api/v1/webhooks", body.Replace("https", "ftp", StringComparison.Ordinal), "key-3");
        Assert.Equal(HttpStatusCode.Created, (await peer.PostAsync("/api/v1/webhooks", body, "key-3")).Status);
        clock.Advance(TimeSpan.FromHours(24));
        Assert.NotEqual(first.GetRawText(), (await peer.PostAsync("/api/v1/webhooks", body, "key-1")).Json.GetRawText());
    }

    [Fact]
    public void A_kept_answer_opens_only_with_its_token_and_request()
    {
        var (token, names) = (TokenText.Create(), ("key", "request"));
        var box = AnswerSeal.Seal(token, names, "{\"secret\":1}"u8);

        Assert.Equal("{\"secret\":1}"u8.ToArray(), AnswerSeal.Open(token, names, box));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => AnswerSeal.Open(TokenText.Create(), names, box));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => AnswerSeal.Open(token, ("key", "other"), box));
    }

    [Fact]
    public async Task A_token_sees_nothing_of_another_organization()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var technician = await Staff.IdAsync(server, RunningServer.Email);
        await using (var database = await server.OpenDatabaseAsync())
            await Runs.AddAsync(database, technician, (1, Noon, true, 10));
        using var ours = await ApiPeer.WithAsync(server);
        var (_, hook) = await ours.PostAsync("/api/v1/webhooks", """{"name":"a","address":"https://a.example/hook","events":["session.started"]}""");
        var id = hook.GetProperty("webhook").GetProperty("id").GetString();
        await EndpointTableTests.AddOrganizationAsync(server);
        using var stranger = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All, EndpointTableTests.SecondEmail));

        foreach (var list in (string[])["sessions", "records", "webhooks"])
            Assert.Equal(0, (await stranger.GetAsync($"/api/v1/{list}")).Json.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain(RunningServer.Email, (await stranger.GetAsync("/api/v1/people")).Json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("not-found", await stranger.CodeAsync($"/api/v1/sessions/{Runs.Id(1)}"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/webhooks/{id}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/api/v1/webhooks/{id}/test", "")).Status);
        Assert.Equal(1, (await ours.GetAsync("/api/v1/webhooks")).Json.GetProperty("items").GetArrayLength());
    }

    private static async Task<IEnumerable<int>> NumbersAsync(ApiPeer peer, string query)
    {
        var (status, json) = await peer.GetAsync($"/api/v1/sessions?{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        return json.GetProperty("items").EnumerateArray().Select(item => Convert.ToInt32(item.GetProperty("id").GetString(), 16));
    }
}
