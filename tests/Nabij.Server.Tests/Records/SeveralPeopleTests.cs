using System.Net;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.Api;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Records;

/// <summary>
/// One session of three people in every place that tells of it: Peter begins and hands over to Tom, and a relative watches. Peter
/// is there for ten minutes from 12:01, Tom from 12:06 until 12:26, the relative from 12:03 until 12:08, by Amsterdam's clock.
/// </summary>
public sealed class SeveralPeopleTests
{
    private static readonly DateTimeOffset Began = RecordsStage.Noon.AddMinutes(1);

    private static readonly string Root = $"{1:x32}", Joined = $"{2:x32}", Watched = $"{3:x32}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_says_of_a_relative_that_he_or_she_watched_and_not_that_it_failed()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var all = await owner.ReadAsync("/records?lang=en");
        Assert.Contains($"{RunningServer.OwnerName}, Relative, watching, tom", WebUtility.HtmlDecode(all), StringComparison.Ordinal);
        Assert.Contains("Watched along", await owner.ReadAsync($"/records/sessions/{Root}?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("<td>Did not become a session</td>", all, StringComparison.Ordinal);
        Assert.DoesNotContain($"/records/sessions/{Watched}", await owner.ReadAsync("/records?lang=en&reason=no-session"), StringComparison.Ordinal);
        Assert.Contains($"/records/sessions/{Watched}", await owner.ReadAsync("/records?lang=en&reason=watched"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/records/sessions/{Watched}", await owner.ReadAsync("/records?lang=en&reason=watched&shortest=6"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_says_who_took_part_as_what_and_in_which_session()
    {
        await using var server = await StartAsync();
        using var peer = await ApiPeer.WithAsync(server);

        Assert.Equal(("ended", "technician", null, 600), await AboutAsync(peer, Root));
        Assert.Equal(("ended", "technician", Root, 1200), await AboutAsync(peer, Joined));
        Assert.Equal(("watched", "relative", Root, 300), await AboutAsync(peer, Watched));
        Assert.Equal(Watched, Assert.Single((await peer.GetAsync("/api/v1/sessions?state=watched")).Json.GetProperty("items").EnumerateArray().ToList()).GetProperty("id").GetString());
        Assert.Equal(0, (await peer.GetAsync("/api/v1/sessions?state=failed")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Its_page_and_its_report_show_everybody_with_all_notes_and_the_whole_time()
    {
        await using var server = await StartAsync();
        using var tom = await Staff.SignInAsync(server, "tom@example.test");

        // Tom joined it, so that it is his too; by the number of the session or of his own part.
        foreach (var path in (string[])[$"{Root}?lang=en", $"{Joined}?lang=en", $"{Root}/report?lang=en"])
        {
            var html = WebUtility.HtmlDecode(await tom.ReadAsync($"/records/sessions/{path}"));
            foreach (var words in (string[])[$"{RunningServer.OwnerName}, tom", "Relative, watching", "Printer by Peter", "Mail by Tom", "0:25:00", "0:20:00", "<dd>0:30:00</dd>", "2026-11-02 12:26"])
                Assert.Contains(words, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_counts_once_and_page_and_api_count_the_same()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var peer = await ApiPeer.WithAsync(server);

        var (_, counts) = await peer.GetAsync("/api/v1/statistics?from=2026-11-02&until=2026-11-02");
        var html = string.Concat(System.Text.RegularExpressions.Regex.Replace(WebUtility.HtmlDecode(
            await owner.ReadAsync("/records/statistics?lang=en&from=2026-11-02&until=2026-11-02")), "<[^>]*>|\\s", ""));

        Assert.Equal((1, 0, 1500), (counts.GetProperty("sessions").GetInt32(), counts.GetProperty("failed").GetInt32(), counts.GetProperty("seconds").GetInt32()));
        Assert.Equal([600, 1200], counts.GetProperty("technicians").EnumerateArray().Select(one => one.GetProperty("seconds").GetInt32()).Order());
        Assert.Contains("2026-11-0210:25:000:25:000:25:00", html, StringComparison.Ordinal);
        Assert.Contains("tom00:20:000:20:000:20:00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_reads_log_consents_and_figures_and_no_session()
    {
        await using var server = await StartAsync();
        await Staff.AddAsync(server, "auditor@example.test", Role.Auditor);
        using var auditor = await Staff.SignInAsync(server, "auditor@example.test");

        foreach (var path in (string[])["/records", $"/records/sessions/{Root}", $"/records/sessions/{Root}/report"])
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await auditor.StatusAsync(path)));
        foreach (var path in (string[])["/records/audit", "/records/consents", "/records/statistics"])
            Assert.DoesNotContain("Customer 1", await auditor.ReadAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/records?", await auditor.ReadAsync("/records/audit?lang=en"), StringComparison.Ordinal);
        var receipt = System.Text.RegularExpressions.Regex.Match(await auditor.ReadAsync("/records/consents"), "/records/consents/[0-9a-f]{64}").Value;
        Assert.Equal(HttpStatusCode.OK, await auditor.StatusAsync(receipt));
    }

    private static async Task<(string?, string?, string?, int)> AboutAsync(ApiPeer peer, string id)
    {
        var json = (await peer.GetAsync($"/api/v1/sessions/{id}")).Json;
        return (json.GetProperty("state").GetString(), json.GetProperty("role").GetString(), json.GetProperty("joinedSession").GetString(), json.GetProperty("seconds").GetInt32());
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var peter = await Staff.IdAsync(server, RunningServer.Email);
        var tom = await Staff.AddAsync(server, "tom@example.test", Role.Technician);
        var consent = await RecordsStage.AddConsentAsync(server);
        await using var database = await server.OpenDatabaseAsync();
        database.Add(Run(Root, peter, 0, 10));
        database.Add(Run(Joined, tom, 5, 20, Root));
        database.Add(Run(Watched, peter, 2, 5, Root, SupportSession.RelativeRole));
        await database.SaveChangesAsync(Cancel);
        foreach (var (session, technician, text) in ((string, Guid, string)[])[(Root, peter, "Printer by Peter"), (Joined, tom, "Mail by Tom")])
        {
            database.Add(new SessionNote
            {
                OrganizationId = database.CurrentOrganizationId, SessionId = session, TechnicianId = technician, Revision = 1, CreatedAt = Began, ChangedAt = Began, Text = text,
            });
            database.Add(new SessionTime
            {
                OrganizationId = database.CurrentOrganizationId, SessionId = session, TechnicianId = technician, CountedSeconds = 900, CorrectedSeconds = null, UnitMinutes = 0, Rounding = "up", ChangedAt = Began,
            });
        }

        await database.SaveChangesAsync(Cancel);
        return server;

        SupportSession Run(string id, Guid technician, int after, int minutes, string? parent = null, string role = SupportSession.TechnicianRole) => new()
        {
            OrganizationId = database.CurrentOrganizationId, Id = id, TechnicianId = technician, ParentId = parent, Role = role, Nameplate = "417", ConsentHash = consent,
            CustomerName = "Customer 1", Language = "nl", Platform = "linux-x64", Program = "nabij 0.1.0", LeaseHash = new string('0', 64), PairedAt = Began.AddMinutes(after),
            StartedAt = role == SupportSession.RelativeRole ? null : Began.AddMinutes(after), EndedAt = Began.AddMinutes(after + minutes),
            EndReason = role == SupportSession.RelativeRole ? "connection-lost" : "technician-ended",
        };
    }
}
