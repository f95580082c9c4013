using System.Net;
using System.Net.WebSockets;
using Nabij.Server.People;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Web;

/// <summary>What a page of another site can do with the browser of somebody who is signed in: nothing, at any endpoint (T11).</summary>
public sealed class CrossSiteTests
{
    private static readonly string Nobody = Guid.Parse("99999999-9999-9999-9999-999999999999").ToString();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_endpoint_that_changes_something_takes_a_request_without_a_token_or_from_another_site()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "all@example.test", [.. PeopleRules.AllRoles]);
        using var visitor = await Staff.SignInAsync(server, "all@example.test");
        var token = Visitor.FormToken(await visitor.ReadAsync("/account"));
        var tried = 0;

        foreach (var line in EndpointTable.Lines.Where(line => line.Method != "GET"))
        {
            foreach (var (site, withToken) in ((string?, bool)[])[(null, false), ("same-origin", false), ("none", false), ("cross-site", false), ("cross-site", true), ("same-site", true)])
            {
                using var request = new HttpRequestMessage(new HttpMethod(line.Method), EndpointTableTests.Path(line, Nobody))
                {
                    // What a form can send without asking first.
                    Content = line.Body == BodyKind.Json ? new StringContent("{}", System.Text.Encoding.UTF8, "text/plain") : new FormUrlEncodedContent([]),
                };
                if (site is not null)
                    request.Headers.Add("Sec-Fetch-Site", site);
                if (withToken)
                    request.Headers.Add("X-Nabij-Antiforgery", token);
                using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
                Assert.True(answer.StatusCode == (line.IsApi ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest), $"{line.Name} from {site}: {answer.StatusCode}");
                tried++;
            }
        }

        Assert.True(tried > 200, $"{tried}");
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/account"));
    }

    [Fact]
    public async Task No_answer_may_be_framed_or_read_by_another_site()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "all@example.test", [.. PeopleRules.AllRoles]);
        using var visitor = await Staff.SignInAsync(server, "all@example.test");
        visitor.Client.DefaultRequestHeaders.Add("Origin", "https://attacker.example");

        foreach (var line in EndpointTable.Lines.Where(line => line.Method == "GET"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, EndpointTableTests.Path(line, Nobody));
            using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.True(answer.Headers.TryGetValues("X-Frame-Options", out var frames) && frames.Single() == "DENY", line.Name);
            Assert.True(answer.Headers.GetValues("Content-Security-Policy").Single().Contains("frame-ancestors 'none'", StringComparison.Ordinal), line.Name);
            Assert.True(answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single() == "same-origin", line.Name);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1.attacker.example")]
    public async Task A_socket_with_a_foreign_origin_is_refused(string origin)
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        foreach (var path in (string[])["/ws/viewer", "/ws/host"])
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Origin", origin);
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(server.SocketAddress(path), Cancel));
            Assert.Equal(WebSocketError.NotAWebSocket, refused.WebSocketErrorCode);
        }
    }
}
