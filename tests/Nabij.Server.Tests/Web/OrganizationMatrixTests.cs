using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.People;
using Nabij.Server.Tests.Api;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Web;

/// <summary>
/// Organization x endpoint: whoever has every right in one organization reaches no row of another by its address, and no
/// list shows one. That the row is there is proven by its own organization, which finds it.
/// </summary>
public sealed class OrganizationMatrixTests
{
    private const string AllEmail = $"{OneOfEach.Mark}@example.test";

    /// <summary>What is reached only while something happens that is not in the tables: a claim on who waits now.</summary>
    private static readonly string[] OnlyNow = ["POST /desk/claims/{id:guid}/release"];

    /// <summary>Streams without an end, and checks of the machine, which name nobody.</summary>
    private static readonly string[] NoLists = ["GET /desk/events", "GET /checks", "GET /checks/stream"];

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["/desk/sessions/{id}/ended"] = """{"reason":"technician-ended"}""",
        ["/desk/sessions/{id}/note"] = """{"text":"seen","revision":0}""",
        ["/desk/sessions/{id}/time"] = """{"counted":1}""",
        ["/desk/callbacks/{id:guid}"] = """{"state":"taken"}""",
        ["/api/v1/callbacks/{id:guid}"] = """{"state":"taken"}""",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_address_of_a_row_leads_to_it_from_another_organization()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        var (own, other) = await SignInBothAsync(server);
        using var _ = own;
        using var __ = other;
        var lines = EndpointTable.Lines.Where(line => line.Roles is not null && line.Pattern.Contains("{id", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count >= 40, $"{lines.Count}");
        var colleague = await Staff.AddAsync(server, "colleague@example.test", Role.Technician);

        foreach (var (line, number) in lines.Select((line, i) => (line, i + 1)))
        {
            var rows = await OneOfEach.AddAsync(server, (own.Account, colleague), number, clock.GetUtcNow());
            var (refused, words) = await other.AskAsync(line, rows);
            Assert.True(refused == HttpStatusCode.NotFound, $"{line.Name} from the other organization: {refused}");
            Assert.DoesNotContain(OneOfEach.Mark, words, StringComparison.OrdinalIgnoreCase);
            var (found, said) = await own.AskAsync(line, rows);
            var isFound = found is not (HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Redirect) && (int)found < 500;
            Assert.True(isFound != OnlyNow.Contains(line.Name), $"{line.Name} from its own: {found} {said}");
        }
    }

    [Fact]
    public async Task No_list_and_no_page_shows_a_row_of_another_organization()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        var (own, other) = await SignInBothAsync(server);
        using var _ = own;
        using var __ = other;
        var rows = await OneOfEach.AddAsync(server, (own.Account, own.Account), 1, clock.GetUtcNow());
        var shown = new List<string>();

        foreach (var line in EndpointTable.Lines.Where(line => line.Method == "GET" && line.Roles is not null && !line.Pattern.Contains('{', StringComparison.Ordinal) && !NoLists.Contains(line.Name)))
        {
            var (_, words) = await other.AskAsync(line, rows);
            Assert.False(words.Contains(OneOfEach.Mark, StringComparison.OrdinalIgnoreCase), $"{line.Name}: {words}");
            if ((await own.AskAsync(line, rows)).Words.Contains(OneOfEach.Mark, StringComparison.OrdinalIgnoreCase))
                shown.Add(line.Pattern);
        }

        // Each of these shows the row to its own organization, so its silence to the other one means something.
        string[] lists = ["/people", "/templates", "/callbacks", "/desk/callbacks", "/invite", "/records", "/integration", "/api/v1/people", "/api/v1/sessions", "/api/v1/callbacks", "/api/v1/links", "/api/v1/webhooks"];
        Assert.Empty(lists.Except(shown));
    }

    private static async Task<(Caller Own, Caller Other)> SignInBothAsync(RunningServer server)
    {
        var account = await Staff.AddAsync(server, AllEmail, [.. PeopleRules.AllRoles]);
        await EndpointTableTests.AddOrganizationAsync(server);
        var own = await Staff.SignInAsync(server, AllEmail);
        var other = server.Visit();
        using var answer = await other.SubmitAsync(
            $"/sign-in?shop={EndpointTableTests.SecondSlug}", $"/sign-in?shop={EndpointTableTests.SecondSlug}",
            ("email", EndpointTableTests.SecondEmail), ("password", RunningServer.Password), ("return", "/people"));
        Assert.Equal("/people", answer.Headers.Location?.ToString());
        return (
            new Caller(own, Visitor.FormToken(await own.ReadAsync("/account")), await ApiPeer.MakeTokenAsync(server, Scopes.All, AllEmail), account),
            new Caller(other, Visitor.FormToken(await other.ReadAsync("/account")), await ApiPeer.MakeTokenAsync(server, Scopes.All, EndpointTableTests.SecondEmail), Guid.Empty));
    }

    /// <summary>Somebody with every right in one organization, by sign-in and by token.</summary>
    private sealed record Caller(Visitor Visitor, string FormToken, string ApiToken, Guid Account) : IDisposable
    {
        internal async Task<(HttpStatusCode Status, string Words)> AskAsync(EndpointTable.Line line, OneOfEach rows)
        {
            using var request = new HttpRequestMessage(new HttpMethod(line.Method), rows.Path(line));
            if (line.IsApi)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
            else if (line.Method != "GET")
                request.Headers.Add("X-Nabij-Antiforgery", FormToken);
            if (line.Method == "POST")
                request.Content = line.Body switch
                {
                    BodyKind.Json => new StringContent(Bodies.GetValueOrDefault(line.Pattern, "{}"), Encoding.UTF8, "application/json"),
                    BodyKind.Bytes => new ByteArrayContent([1]),
                    _ when line.IsApi => null,
                    _ => new FormUrlEncodedContent([]),
                };
            using var answer = await Visitor.Client.SendAsync(request, Cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }

        public void Dispose() => Visitor.Dispose();
    }
}
