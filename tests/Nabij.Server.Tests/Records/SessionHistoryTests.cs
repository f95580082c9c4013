using System.Net;
using System.Text.RegularExpressions;
using Nabij.Server.Accounts;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Records;

public sealed partial class SessionHistoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_follow_each_other_without_a_session_missing_or_twice_while_new_ones_come()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        // Some at the same moment, so that the key decides.
        await RecordsStage.AddSessionsAsync(server, 120, (number, session) => session.CustomerName = $"Same {number}");
        using var owner = await Staff.SignInAsync(server);

        var seen = new List<string>();
        var path = "/records?lang=en";
        for (var page = 0; path.Length > 0; page++)
        {
            var html = await owner.ReadAsync(path);
            seen.AddRange(Links().Matches(html).Select(match => match.Groups[1].Value));
            if (page == 0)
                await RecordsStage.AddSessionsAsync(server, 3, first: 500);
            path = Older().Match(html) is { Success: true } older ? WebUtility.HtmlDecode(older.Groups[1].Value) : "";
        }

        Assert.Equal(Enumerable.Range(1, 120).Reverse().Select(number => $"{number:x32}"), seen);
    }

    [Fact]
    public async Task A_session_of_several_people_is_listed_once_with_everybody_and_leads_to_all_of_it()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var tom = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        var owner = await RecordsStage.AddSessionsAsync(server, 3);
        await RecordsStage.AddPartAsync(server, (tom, 7), (2, SupportSession.TechnicianRole));
        await RecordsStage.AddPartAsync(server, (owner, 8), (2, SupportSession.RelativeRole));
        using var boss = await Staff.SignInAsync(server);

        var html = await boss.ReadAsync("/records?lang=en");
        Assert.Equal((string[])[$"{3:x32}", $"{2:x32}", $"{1:x32}"], Links().Matches(html).Select(match => match.Groups[1].Value));
        Assert.Contains($"{RunningServer.OwnerName}, tom, Relative, watching", html, StringComparison.Ordinal);
        var ofTom = await boss.ReadAsync($"/records?lang=en&technician={tom}");
        Assert.Equal((string[])[$"{2:x32}"], Links().Matches(ofTom).Select(match => match.Groups[1].Value));

        var record = await boss.ReadAsync($"/records/sessions/{2:x32}?lang=en");
        foreach (var who in (string[])[RunningServer.OwnerName, "tom", "Relative, watching"])
            Assert.Contains($"<th scope=\"row\">{who}</th>", record, StringComparison.Ordinal);
        Assert.Contains($"href=\"/records/sessions/{2:x32}/report?lang=en\"", await boss.ReadAsync($"/records/sessions/{7:x32}?lang=en"), StringComparison.Ordinal);

        using var colleague = await Staff.SignInAsync(server, "tom@example.test");
        var own = await colleague.ReadAsync("/records?lang=en");
        Assert.Equal((string[])[$"{7:x32}"], Links().Matches(own).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task A_search_finds_what_it_says_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.AddSessionsAsync(server, 10, (number, session) =>
        {
            if (number == 3)
                session.EndReason = "customer-ended";
            if (number == 4)
                (session.StartedAt, session.Outcome) = (null, "wrong-code");
            if (number == 5)
                (session.EndedAt, session.EndReason) = (null, null);
        });
        await using (var database = await server.OpenDatabaseAsync())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                database.Database, "update session set platform = 'win-x64' where customer_name = 'Customer 6'", Cancel);
            // 23:30 UTC of the second is the third in Amsterdam.
            var late = new DateTimeOffset(2026, 11, 2, 23, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                database.Database, "update session set paired_at = {0}, started_at = {0}, ended_at = {0} where customer_name = 'Customer 8'", [late], Cancel);
        }

        using var owner = await Staff.SignInAsync(server);
        foreach (var (query, numbers) in Searches)
        {
            var found = Links().Matches(await owner.ReadAsync($"/records?lang=en&{query}")).Select(match => match.Groups[1].Value);
            Assert.Equal((query, string.Join(' ', numbers.Select(number => $"{number:x32}"))), (query, string.Join(' ', found)));
        }
    }

    private static readonly (string Query, int[] Numbers)[] Searches =
    [
        ("customer=customer+7", [7]), ("customer=%25", []), ("customer=_ustomer", []), ("shortest=9&longest=10", [10, 9]), ("reason=customer-ended", [3]),
        ("reason=no-session", [4]), ("reason=running", [5]), ("platform=win-x64", [6]), ("from=2026-11-03", [8]), ("from=2026-11-02&until=2026-11-02&customer=8", []),
        ("technician=99999999-9999-9999-9999-999999999999", []),
    ];

    [Fact]
    public async Task A_search_that_is_not_understood_says_so_at_the_field()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        foreach (var query in (string[])["from=yesterday", "longest=-1", "technician=me", "reason=bored"])
        {
            var (status, html) = await Staff.ReadAsync(owner.GetAsync($"/records?lang=en&{query}"));
            Assert.Equal((query, HttpStatusCode.UnprocessableEntity), (query, status));
            Assert.Contains("Not understood", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_technician_sees_the_own_sessions_or_all_as_the_organization_decides()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var technician = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        await RecordsStage.AddSessionsAsync(server, 2);
        await RecordsStage.AddSessionsAsync(server, 1, technician: technician, first: 50);
        using var owner = await Staff.SignInAsync(server);
        using var tom = await Staff.SignInAsync(server, "tom@example.test");
        var (others, own) = ($"/records/sessions/{1:x32}", $"/records/sessions/{50:x32}");

        Assert.Equal((string[])[$"{50:x32}"], Links().Matches(await tom.ReadAsync("/records")).Select(match => match.Groups[1].Value));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (await tom.StatusAsync(others), await tom.StatusAsync($"{others}/report"), await tom.StatusAsync(own)));

        using (var changed = await owner.SubmitAsync("/records/settings", "/records/settings", ("technicians", "all")))
            Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(3, Links().Count(await tom.ReadAsync("/records")));
        Assert.Equal(HttpStatusCode.OK, await tom.StatusAsync(others));
        Assert.Single(await Staff.AuditAsync(server, "records.settings"));
    }

    [Fact]
    public async Task A_session_says_who_when_and_what_was_agreed_to_and_that_the_server_does_not_know_what_was_allowed()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.AddSessionsAsync(server, 1);
        using var owner = await Staff.SignInAsync(server);

        foreach (var path in (string[])[$"/records/sessions/{1:x32}?lang=en", $"/records/sessions/{1:x32}/report?lang=en"])
        {
            var html = await owner.ReadAsync(path);
            foreach (var words in (string[])["Customer 1", RunningServer.OwnerName, "2026-11-02 12:01", "0:01:00", "Ended by the technician", "Version 1 (nl)", "SHA-256 of the terms"])
                Assert.Contains(words, html, StringComparison.Ordinal);
        }

        Assert.Contains("so the server does not know it", await owner.ReadAsync($"/records/sessions/{1:x32}?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task Hostile_names_stay_text_in_the_list_and_on_the_page()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var texts = HostileTexts.All.Where(text => RecordsStage.IsStorable(text) && System.Text.Encoding.UTF8.GetByteCount(text) is > 0 and <= 64).Where((_, i) => i % 3 == 0).ToList();
        await RecordsStage.AddSessionsAsync(server, texts.Count, (number, session) => session.CustomerName = texts[number - 1]);
        using var owner = await Staff.SignInAsync(server);

        var plain = HtmlSkeleton.Of(await owner.ReadAsync($"/records/sessions/{1:x32}?lang=en"));
        foreach (var number in Enumerable.Range(1, texts.Count))
            Assert.Equal(plain, HtmlSkeleton.Of(await owner.ReadAsync($"/records/sessions/{number:x32}?lang=en")));
    }

    [GeneratedRegex("<tr[^>]*>\\s*<td><a href=\"/records/sessions/([0-9a-f]{32})")]
    private static partial Regex Links();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Older();
}
