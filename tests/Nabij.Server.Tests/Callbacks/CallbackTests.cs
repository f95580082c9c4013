using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Callbacks;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Callbacks;

public sealed partial class CallbackTests
{
    private static readonly (string, string)[] Anna = [("name", "Anna"), ("phone", "020 555 0101"), ("email", ""), ("problem", "My mail is gone"), ("agree", "yes"), ("website", "")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_reaches_the_technicians_with_the_number_that_the_customer_was_shown()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, page) = await AskAsync(server.Visit(), Anna);
        var number = Number().Match(page).Groups[1].Value;

        Assert.Equal(HttpStatusCode.OK, status);
        using var technician = await Staff.SignInAsync(server);
        var list = await technician.ReadAsync("/callbacks?lang=en");
        Assert.All(["Anna", "020 555 0101", "My mail is gone", $"check number {number}"], word => Assert.Contains(word, list, StringComparison.Ordinal));
        var line = Assert.Single(await DeskAsync(technician));
        Assert.Equal(("Anna", "open", number), (line.Name, line.State, line.CheckNumber));
        var kept = Assert.Single(await RowsAsync(server));
        Assert.Equal("I agree that Computer shop Test keeps what I typed here to call me back, for at most 30 days.", kept.Consent);
        Assert.Single(await Staff.AuditAsync(server, "callback.asked"));
        Assert.DoesNotContain("555", string.Concat(await Staff.AuditAsync(server, "callback.asked")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_technician_takes_it_and_says_when_it_is_done()
    {
        await using var server = await RunningServer.StartAsync();
        await AskAsync(server.Visit(), Anna);
        using var technician = await Staff.SignInAsync(server);
        var id = Assert.Single(await DeskAsync(technician)).Id;
        var board = server.Services.GetRequiredService<CallbackBoard>();
        var organization = (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id;
        var seen = await board.ChangedAsync(organization, 0, Cancel);
        var changed = board.ChangedAsync(organization, seen, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(technician, id, "taken"));
        Assert.NotEqual(seen, await changed);
        Assert.Equal(("taken", RunningServer.OwnerName), (await DeskAsync(technician)) is [var taken] ? (taken.State, taken.HandledBy) : default);
        (await technician.SubmitAsync("/callbacks", $"/callbacks/{id}", ("state", "done"))).Dispose();

        Assert.Empty(await DeskAsync(technician));
        Assert.Contains($"by {RunningServer.OwnerName}", await technician.ReadAsync("/callbacks?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await MarkAsync(technician, id, "gone"));
        Assert.Equal(HttpStatusCode.NotFound, await MarkAsync(technician, Guid.NewGuid().ToString(), "done"));
        Assert.Single(await Staff.AuditAsync(server, "callback.done"));
    }

    [Fact]
    public async Task An_open_desk_is_told_at_once_and_the_help_page_no_longer_offers_to_call_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);
        Assert.Contains("/o/test/callback", await server.Visit().ReadAsync("/o/test"), StringComparison.Ordinal);
        using var answer = await technician.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        while (await lines.ReadLineAsync(Cancel) != "event: waiting")
        {
        }

        Assert.DoesNotContain("/o/test/callback", await server.Visit().ReadAsync("/o/test"), StringComparison.Ordinal);
        await AskAsync(server.Visit(), Anna);

        string? line;
        while ((line = await lines.ReadLineAsync(Cancel)) != "event: callbacks")
            Assert.NotNull(line);
    }

    [Fact]
    public async Task Of_two_technicians_one_calls_and_the_other_is_told_who_and_may_take_over()
    {
        await using var server = await RunningServer.StartAsync();
        await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        await AskAsync(server.Visit(), Anna);
        using var owner = await Staff.SignInAsync(server);
        using var tom = await Staff.SignInAsync(server, "tom@example.test");
        var id = Assert.Single(await DeskAsync(tom)).Id;
        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(owner, id, "taken"));

        Assert.Equal(HttpStatusCode.Conflict, await MarkAsync(tom, id, "taken"));
        Assert.Equal(HttpStatusCode.Conflict, await MarkAsync(tom, id, "done"));
        Assert.Equal(HttpStatusCode.Conflict, await MarkAsync(tom, id, "open"));
        var (status, page) = await Staff.ReadAsync(tom.SubmitAsync("/callbacks?lang=en", $"/callbacks/{id}?lang=en", ("state", "taken")));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"{RunningServer.OwnerName} has this request already.", page, StringComparison.Ordinal);
        Assert.Contains("I call instead", page, StringComparison.Ordinal);
        Assert.Equal((RunningServer.OwnerName, false), (await DeskAsync(tom)) is [var held] ? (held.HandledBy, held.Mine) : default);
        using (var peer = await Api.ApiPeer.WithAsync(server))
        {
            var (refused, problem) = await peer.PostAsync($"/api/v1/callbacks/{id}", """{"state":"done"}""");
            Assert.Equal((HttpStatusCode.Conflict, "conflict"), (refused, problem.GetProperty("code").GetString()));
            Assert.StartsWith(RunningServer.OwnerName, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        (await tom.SubmitAsync("/callbacks", $"/callbacks/{id}", ("state", "taken"), ("over", "yes"))).Dispose();
        Assert.Equal(("tom", true), (await DeskAsync(tom)) is [var own] ? (own.HandledBy, own.Mine) : default);
        Assert.Equal(HttpStatusCode.NoContent, await MarkAsync(tom, id, "done"));
        Assert.Equal(2, (await Staff.AuditAsync(server, "callback.taken")).Count);
    }

    [Fact]
    public async Task What_a_program_takes_stands_in_the_audit_log_by_the_name_of_its_token()
    {
        await using var server = await RunningServer.StartAsync();
        await AskAsync(server.Visit(), Anna);
        using var owner = await Staff.SignInAsync(server);
        var id = Assert.Single(await DeskAsync(owner)).Id;
        using var peer = await Api.ApiPeer.WithAsync(server);

        Assert.Equal(HttpStatusCode.OK, (await peer.PostAsync($"/api/v1/callbacks/{id}", """{"state":"taken"}""")).Status);

        Assert.Equal("ticket system", Assert.Single(await DeskAsync(owner)).HandledBy);
        var token = Assert.Single(await Staff.AuditAsync(server, "callback.taken")).Split(' ') is ["token", var number, ..] ? number : "";
        var page = await owner.ReadAsync($"/records/audit?lang=en&actor={Uri.EscapeDataString($"token {token}")}");
        Assert.Matches("<td>token ticket system</td>\\s*<td lang=\"en\"><code>callback.taken</code>", page);
        Assert.Contains($"<option value=\"token {token}\" selected", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/records/audit?actor=relative"));
    }

    [Fact]
    public async Task While_everybody_at_a_desk_helps_somebody_the_help_page_offers_to_wait_or_to_be_called_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var technician = await Staff.SignInAsync(server);
        using var answer = await technician.Client.GetAsync(new Uri("/desk/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.DoesNotContain("/o/test/callback", await server.Visit().ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);
        await using (var database = await server.OpenDatabaseAsync())
            await Api.Runs.AddAsync(database, await Staff.IdAsync(server, RunningServer.Email), (1, TimeProvider.System.GetUtcNow(), true, null));

        var busy = await server.Visit().ReadAsync("/o/test?lang=en");

        Assert.Contains("/o/test/callback", busy, StringComparison.Ordinal);
        Assert.Contains("Everybody is helping somebody now", busy, StringComparison.Ordinal);
        Assert.Contains("wait for your turn, or leave your number", busy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "", "Give your name")]
    [InlineData("phone", "", "or we cannot reach you")]
    [InlineData("phone", "call me", "That is no phone number")]
    [InlineData("email", "anna", "That is no e-mail address")]
    [InlineData("email", "a@b.test,c@d.test", "That is no e-mail address")]
    [InlineData("problem", "", "Say in a few words")]
    [InlineData("agree", "", "Tick that we may keep this")]
    public async Task A_missing_answer_is_shown_at_its_field_and_loses_no_other(string field, string value, string words)
    {
        await using var server = await RunningServer.StartAsync();

        var (status, page) = await AskAsync(server.Visit(), [.. Anna.Select(one => one.Item1 == field ? (field, value) : one)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Matches($"id=\"{field}\"[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"[^\"]*{field}-problem\"", page);
        Assert.True(field == "name" || page.Contains("value=\"Anna\"", StringComparison.Ordinal));
        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task Programs_that_fill_in_everything_are_answered_and_kept_nowhere()
    {
        await using var server = await RunningServer.StartAsync();

        var (status, page) = await AskAsync(server.Visit(), [.. Anna.Where(one => one.Item1 != "website"), ("website", "http://spam.test")]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches(Number(), page);
        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task Who_sends_the_form_twice_is_on_the_list_once_and_who_floods_is_stopped()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        var (_, once) = await AskAsync(visitor, Anna);
        var (_, twice) = await AskAsync(visitor, Anna);
        Assert.Equal(Number().Match(once).Value, Number().Match(twice).Value);
        Assert.Single(await RowsAsync(server));

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
            statuses.Add((await AskAsync(visitor, [.. Anna.Where(one => one.Item1 != "name"), ("name", $"Anna {i}")])).Status);

        Assert.Equal((8, 2), (statuses.Count(one => one == HttpStatusCode.OK), statuses.Count(one => one == HttpStatusCode.TooManyRequests)));
    }

    [Fact]
    public async Task An_organization_that_calls_nobody_back_has_no_such_page()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        Assert.Contains("/o/test/callback", await owner.ReadAsync("/o/test"), StringComparison.Ordinal);

        (await owner.SubmitAsync("/settings/hours", "/settings/hours", ("told", "untold"), ("time-zone", "Europe/Amsterdam"))).Dispose();

        Assert.DoesNotContain("/o/test/callback", await owner.ReadAsync("/o/test"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("/o/test/callback"));
    }

    [Fact]
    public async Task Requests_of_another_organization_are_neither_seen_nor_changed()
    {
        await using var server = await RunningServer.StartAsync();
        await AskAsync(server.Visit(), Anna);
        var id = Assert.Single(await RowsAsync(server)).Id;
        var stranger = new SignedIn(Guid.NewGuid(), Guid.NewGuid(), "Stranger", "x");
        var requests = server.Services.GetRequiredService<CallbackRequests>();

        Assert.Empty(await requests.WaitingAsync(stranger.OrganizationId, Cancel));
        Assert.False((await requests.MarkAsync(Nabij.Server.Audit.Actor.Of(stranger), id, CallbackState.Done, over: true, Cancel)).Found);
        Assert.Equal(CallbackState.Open, Assert.Single(await RowsAsync(server)).State);
    }

    [Fact]
    public async Task Old_requests_are_deleted_after_the_organizations_own_time()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using (var owner = await Staff.SignInAsync(server))
            (await owner.SubmitAsync("/settings/keeping", "/settings/keeping", ("acceptance-months", "60"), ("session-months", "13"), ("callback-days", "3"))).Dispose();
        await AskAsync(server.Visit(), Anna);
        var sweep = server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<RetentionSweep>().Single();

        clock.Advance(TimeSpan.FromDays(2.9));
        await sweep.SweepAsync(Cancel);
        Assert.Single(await RowsAsync(server));
        clock.Advance(TimeSpan.FromDays(0.2));
        await sweep.SweepAsync(Cancel);

        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task Hostile_texts_of_customers_stay_texts_for_customer_and_technician()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = { ["RateLimits:CallbacksPerHour"] = "100000" } });
        using var technician = await Staff.SignInAsync(server);
        using var visitor = server.Visit();
        var token = Visitor.FormToken(await visitor.ReadAsync("/o/test/callback"));
        var answers = new Dictionary<HttpStatusCode, HashSet<string>>();
        foreach (var text in HostileTexts.All.Prepend("Plain"))
        {
            var (status, page) = await ReadRawAsync(visitor.PostAsync("/o/test/callback?lang=en", ("antiforgery", token), ("name", text), ("phone", "0123"), ("email", ""), ("problem", text), ("agree", "yes")));
            if (status == HttpStatusCode.UnprocessableEntity)
                page = Problems().Replace(page, "");
            (answers.TryGetValue(status, out var known) ? known : answers[status] = []).Add(HtmlSkeleton.Of(page));
        }

        Assert.Single(answers[HttpStatusCode.OK]);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity], answers.Keys.Order());
        var rows = await RowsAsync(server);
        Assert.True(rows.Count >= 200, $"{rows.Count} were kept");
        var items = HtmlSkeleton.Of(Items().Match(await technician.ReadAsync("/callbacks?lang=en")).Value).Split("/li", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Single(items.SkipLast(1).Skip(1).Distinct());
        Assert.Equal(rows.Select(row => row.Problem).Order(StringComparer.Ordinal), (await DeskAsync(technician)).Select(line => line.Problem).Order(StringComparer.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(Visitor visitor, (string, string)[] fields) =>
        await Staff.ReadAsync(visitor.SubmitAsync("/o/test/callback?lang=en", "/o/test/callback?lang=en", fields));

    private static async Task<(HttpStatusCode Status, string Text)> ReadRawAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<IReadOnlyList<CallbackLine>> DeskAsync(Visitor technician)
    {
        var json = await technician.ReadAsync("/desk/callbacks");
        return JsonSerializer.Deserialize<CallbackList>(json, JsonSerializerOptions.Web)!.Callbacks;
    }

    private static async Task<HttpStatusCode> MarkAsync(Visitor technician, string id, string state)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/callbacks/{id}") { Content = JsonContent.Create(new { state }) };
        request.Headers.Add("X-Nabij-Antiforgery", Visitor.FormToken(await technician.ReadAsync("/account")));
        using var answer = await technician.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<List<CallbackRequest>> RowsAsync(RunningServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<CallbackRequest>().AsNoTracking().ToListAsync(Cancel);
    }

    [GeneratedRegex("<p class=\"address\">([0-9]{4})</p>")]
    private static partial Regex Number();

    [GeneratedRegex("<ul class=\"rows\">.*?</ul>", RegexOptions.Singleline)]
    private static partial Regex Items();

    [GeneratedRegex("<div class=\"problem\".*?</div>", RegexOptions.Singleline)]
    private static partial Regex Problems();
}
