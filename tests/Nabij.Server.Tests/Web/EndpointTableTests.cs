using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.People;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Web;

/// <summary>Role x endpoint x organization: who reaches what, over the server's real routes.</summary>
public sealed class EndpointTableTests
{
    internal const string SecondSlug = "second", SecondEmail = "owner@second.test";

    /// <summary>Steps of a sign-in that lead back to its beginning when nothing has begun, whatever the body is.</summary>
    private static readonly string[] UnlessBegun = ["POST /sign-in/second-factor", "POST /sign-in/second-factor/passkey", "POST /sign-in/new-passkey"];

    private static readonly string Nobody = Guid.Parse("99999999-9999-9999-9999-999999999999").ToString();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "10")]
    public async Task The_table_names_every_endpoint_of_the_server_and_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(EndpointPolicyTests.Name);

        Assert.Equal(EndpointTable.Lines.Select(line => line.Name).Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public async Task Without_a_sign_in_only_what_is_open_to_anybody_answers()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync("/sign-in"));

        foreach (var line in EndpointTable.Lines)
        {
            var (status, location) = await AskAsync(visitor, line, token, Nobody);
            var isRefused = status == HttpStatusCode.Unauthorized && !line.Pattern.StartsWith("/sign-in", StringComparison.Ordinal) ||
                (status == HttpStatusCode.Redirect && location.StartsWith("/sign-in?", StringComparison.Ordinal));
            Assert.True(isRefused == line.Roles is not null, $"{line.Name}: {status} {location}");
        }
    }

    [Fact]
    public async Task Each_role_reaches_what_the_table_gives_it_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var asked = 0;
        foreach (var role in PeopleRules.AllRoles)
        {
            await Staff.AddAsync(server, $"{role}@example.test", role);
            using var visitor = await Staff.SignInAsync(server, $"{role}@example.test");
            var token = Visitor.FormToken(await visitor.ReadAsync("/account"));
            foreach (var line in EndpointTable.Lines.OrderBy(line => line.Pattern == "/sign-out"))
            {
                var (status, location) = await AskAsync(visitor, line, token, Nobody);
                var isExpected = line.Allows(role)
                    ? status is not (HttpStatusCode.Forbidden or HttpStatusCode.Redirect) && (int)status < 500 && !location.StartsWith("/confirm", StringComparison.Ordinal)
                    : status == (line.IsApi ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
                Assert.True(isExpected, $"{role} {line.Name}: {status} {location}");
                asked++;
            }
        }

        Assert.Equal(EndpointTable.Lines.Count * PeopleRules.AllRoles.Count, asked);
    }

    [Fact]
    public async Task A_body_that_is_not_what_an_endpoint_takes_is_refused_by_each()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "all@example.test", [.. PeopleRules.AllRoles]);
        var target = await Staff.AddAsync(server, "target@example.test", Role.Technician);
        using var visitor = await Staff.SignInAsync(server, "all@example.test");
        var token = Visitor.FormToken(await visitor.ReadAsync("/account"));

        foreach (var line in EndpointTable.Lines.Where(line => line.Body != BodyKind.None))
        {
            foreach (var junk in Junk(line.Body, token))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Path(line, target.ToString())) { Content = junk };
                request.Headers.Add("X-Nabij-Antiforgery", token);
                using var answer = await visitor.Client.SendAsync(request, Cancel);
                var isRefused = (int)answer.StatusCode is >= 400 and < 500 || (UnlessBegun.Contains(line.Name) && answer.StatusCode == HttpStatusCode.SeeOther);
                Assert.True(isRefused, $"{line.Name} with {junk.Headers.ContentType}: {answer.StatusCode}");
            }
        }

        using var still = await Staff.SignInAsync(server, "target@example.test");
    }

    [Fact]
    public async Task Owners_of_another_organization_see_and_change_nothing_of_this_one()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "ours@example.test", Role.Technician);
        await AddOrganizationAsync(server);
        using var stranger = server.Visit();
        using (var signedIn = await stranger.SubmitAsync(
            $"/sign-in?shop={SecondSlug}", $"/sign-in?shop={SecondSlug}", ("email", SecondEmail), ("password", RunningServer.Password), ("return", "/people")))
            Assert.Equal("/people", signedIn.Headers.Location?.ToString());

        var list = await stranger.ReadAsync("/people");
        Assert.Contains(SecondEmail, list, StringComparison.Ordinal);
        Assert.DoesNotContain("ours@example.test", list, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningServer.OwnerName, list, StringComparison.Ordinal);

        using var still = await Staff.SignInAsync(server, "ours@example.test");
        using (var crossed = await still.SubmitAsync($"/sign-in?shop={SecondSlug}", $"/sign-in?shop={SecondSlug}", ("email", "ours@example.test"), ("password", RunningServer.Password)))
            Assert.NotEqual(HttpStatusCode.SeeOther, crossed.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Location)> AskAsync(Visitor visitor, EndpointTable.Line line, string token, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(line.Method), Path(line, id));
        if (line.Method != "GET")
        {
            request.Headers.Add("X-Nabij-Antiforgery", token);
            request.Content = line.Body == BodyKind.Json ? JsonContent.Create(new { }) : new FormUrlEncodedContent([]);
        }

        using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    internal static string Path(EndpointTable.Line line, string id) => line.Pattern
        .Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{delivery:guid}", id, StringComparison.Ordinal).Replace("{id}", new string('0', 32), StringComparison.Ordinal)
        .Replace("{slug}", RunningServer.Slug, StringComparison.Ordinal).Replace("{platform}", "linux-x64", StringComparison.Ordinal)
        .Replace("{version}", "1", StringComparison.Ordinal).Replace("{language}", "nl", StringComparison.Ordinal);

    private static IEnumerable<HttpContent> Junk(BodyKind kind, string token)
    {
        yield return new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        yield return new StringContent("[1,2,3]", System.Text.Encoding.UTF8, "application/json");
        yield return new ByteArrayContent([0xff, 0xfe, 0, 1]);
        if (kind == BodyKind.Form)
            yield return new FormUrlEncodedContent([new("antiforgery", token), new("name", "\u0000"), new("role", "root"), new("email", "x"), new("link", "x"), new("code", "x"), new("kind", "x"), new("password", "x"), new("proof", "x"), new("passkey", "x"), new("passwords", "x"), new("credential", "x")]);
        else
            yield return new StringContent("{\"publicKey\":7,\"nameplate\":[],\"session\":{},\"reason\":0}", System.Text.Encoding.UTF8, "application/json");
    }

    internal static async Task AddOrganizationAsync(RunningServer server)
    {
        await using var services = CommandServices.Build(new DataFolder(server.Folder));
        await using var scope = services.CreateAsyncScope();
        var (organization, _) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(
            new OrganizationSetup.Request
            {
                Name = "Second shop", Slug = SecondSlug, OwnerEmail = SecondEmail, OwnerPassword = RunningServer.Password, OwnerName = "Stranger", DemandsSecondFactor = false,
            },
            Cancel);
        Assert.NotNull(organization);
    }
}
