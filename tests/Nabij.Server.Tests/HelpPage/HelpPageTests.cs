using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.HelpPage;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.HelpPage;

public sealed class HelpPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "nl-NL,nl;q=0.9,en;q=0.5", "nl")]
    [InlineData("/o/test", "en-GB", "en")]
    [InlineData("/o/test", "de,fr", "nl")]
    [InlineData("/?lang=en", "nl", "en")]
    [InlineData("/?lang=xx", "en", "en")]
    public async Task The_page_speaks_the_visitors_language(string path, string asked, string language)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(asked);

        var html = await visitor.ReadAsync(path);

        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Contains("Computer shop Test", html, StringComparison.Ordinal);
        Assert.Contains("020 555 0123", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task The_page_shows_every_word_of_the_terms_and_of_the_licence(string language)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        var html = WebUtility.HtmlDecode(await visitor.ReadAsync($"/?lang={language}"));

        foreach (var kind in (string[])["terms", "licence"])
        {
            var bytes = await visitor.Client.GetByteArrayAsync(new Uri($"/o/test/{kind}/1/{language}", UriKind.Relative), Cancel);
            foreach (var run in PlainMarkdown.Parse(bytes).SelectMany(block => block.Runs))
                Assert.Contains(run.Text.Trim(), html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_listed_hashes_are_those_of_the_bytes_served()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var overview = JsonDocument.Parse(await visitor.ReadAsync("/o/test/terms"));

        Assert.Equal(("remote-help", "1"), (overview.RootElement.GetProperty("id").GetString(), overview.RootElement.GetProperty("version").GetString()));
        var texts = overview.RootElement.GetProperty("texts").EnumerateArray().ToList();
        Assert.Equal(["en", "nl"], texts.Select(text => text.GetProperty("language").GetString()));
        foreach (var text in texts)
        {
            var language = text.GetProperty("language").GetString();
            foreach (var (kind, member) in ((string, string)[])[("terms", "termsHash"), ("licence", "licenceHash")])
            {
                var bytes = await visitor.Client.GetByteArrayAsync(new Uri($"/o/test/{kind}/1/{language}", UriKind.Relative), Cancel);
                Assert.Null(PlainMarkdown.FindProblem(bytes));
                Assert.Equal(text.GetProperty(member).GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
        }
    }

    [Theory]
    [InlineData("/o/none/terms")]
    [InlineData("/o/test/terms/2/nl")]
    [InlineData("/o/test/terms/1/de")]
    [InlineData("/o/none/organization.json")]
    [InlineData("/o/none")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_missing_answer_is_shown_beside_its_question_and_loses_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await visitor.SubmitAsync("/o/test", "/o/test/accept", ("version", "1"), ("language", "en"), ("terms", "yes"), ("backup", "help"));
        var html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Matches("id=\"terms\"[^>]* checked", html);
        Assert.Matches("id=\"backup-help\"[^>]* checked", html);
        Assert.Matches("id=\"licence\"[^>]* aria-invalid=\"true\" aria-describedby=\"licence-problem\"", html);
        Assert.Contains("id=\"licence-problem\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"terms-problem\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.CookieValues().Keys, name => name == "nabij-accepted");
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<Acceptance>().CountAsync(Cancel));
    }

    [Theory]
    [InlineData("terms")]
    [InlineData("licence")]
    [InlineData("backup")]
    [InlineData("version")]
    [InlineData("language")]
    public async Task Nothing_is_accepted_without_each_of_the_answers(string missing)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (string, string)[] fields = [("version", "1"), ("language", "en"), ("terms", "yes"), ("licence", "yes"), ("backup", "no")];

        using var answer = await visitor.SubmitAsync("/o/test", "/o/test/accept", [.. fields.Where(field => field.Item1 != missing)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("nl", "yes")]
    [InlineData("en", "no")]
    [InlineData("nl", "help")]
    public async Task An_acceptance_is_recorded_with_text_version_language_time_and_each_answer(string language, string backup)
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using var visitor = server.Visit();

        using var answer = await visitor.AcceptAsync(language, backup);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await using var database = await server.OpenDatabaseAsync();
        var record = await database.Set<Acceptance>().SingleAsync(Cancel);
        var terms = await visitor.Client.GetByteArrayAsync(new Uri($"/o/test/terms/1/{language}", UriKind.Relative), Cancel);
        var licence = await visitor.Client.GetByteArrayAsync(new Uri($"/o/test/licence/1/{language}", UriKind.Relative), Cancel);
        Assert.Equal(
            (language, "1", backup, true, true, clock.GetUtcNow()),
            (record.Language, record.TermsVersion, record.Backup, record.TermsTick, record.LicenceTick, record.AcceptedAt));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(terms)), record.TermsSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(licence)), record.LicenceSha256);
        Assert.Contains(record.TermsSha256, (await database.Set<AuditEvent>().SingleAsync(line => line.Action == "terms.accepted", Cancel)).Details, StringComparison.Ordinal);
        var reference = visitor.CookieValues()["nabij-accepted"];
        Assert.True(reference.Length >= 22);
        Assert.DoesNotContain(reference, record.ReferenceHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_that_changed_meanwhile_are_read_again_first()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        await using (var database = await server.OpenDatabaseAsync())
        {
            var old = await database.Set<TermsText>().AsNoTracking().ToListAsync(Cancel);
            database.AddRange(old.Select(text => new TermsText
            {
                OrganizationId = text.OrganizationId, Version = "2", Language = text.Language, Kind = text.Kind,
                Content = Encoding.UTF8.GetBytes("# New"), Sha256 = Convert.ToHexStringLower(SHA256.HashData("# New"u8)), CreatedAt = text.CreatedAt,
            }));
            await database.SaveChangesAsync(Cancel);
        }

        using var outdated = await visitor.AcceptAsync(version: "1");
        using var current = await visitor.AcceptAsync(version: "2");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (outdated.StatusCode, current.StatusCode));
        Assert.Contains("The terms have changed", await outdated.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_a_text_is_shown_as_text()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        await using (var database = await server.OpenDatabaseAsync())
        {
            var evil = Encoding.UTF8.GetBytes("# <script>alert(1)</script>\n\n- [x](javascript:alert(1)) ![y](z) <img src=x onerror=alert(1)>\n\n**<b>bold</b>** &lt; `code`");
            await database.Set<TermsText>().Where(text => text.Kind == TermsText.Terms).ExecuteUpdateAsync(set => set.SetProperty(text => text.Content, evil), Cancel);
        }

        var html = await visitor.ReadAsync("/?lang=en");

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "phone or tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile", "phone or tablet")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Not for Windows yet")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0)", "Not for Mac yet")]
    public async Task A_visitor_whose_device_cannot_be_helped_is_told_so_first(string agent, string words)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);

        var html = await visitor.ReadAsync("/?lang=en");

        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.True(html.IndexOf(words, StringComparison.Ordinal) < html.IndexOf("id=\"accept\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_acceptance_is_deleted_when_it_has_been_kept_long_enough()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock, Settings = new() { ["Retention:AcceptanceMonths"] = "12" } });
        using var visitor = server.Visit();
        (await visitor.AcceptAsync()).Dispose();
        var sweep = server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<RetentionSweep>().Single();
        await using var database = await server.OpenDatabaseAsync();

        await sweep.SweepAsync(Cancel);
        Assert.Equal(1, await database.Set<Acceptance>().CountAsync(Cancel));
        clock.Advance(TimeSpan.FromDays(366));
        await sweep.SweepAsync(Cancel);
        Assert.Equal(0, await database.Set<Acceptance>().CountAsync(Cancel));
    }
}
