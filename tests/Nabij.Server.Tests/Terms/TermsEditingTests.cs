using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Terms;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Terms;

public sealed partial class TermsEditingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_seen_by_nobody_until_it_is_published_as_a_version_that_never_changes()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var first = await owner.ReadAsync("/o/test/terms/1/en");

        await DraftAsync(owner, "en", "# New terms\n\nBring **cake**.", "The licence.");
        Assert.DoesNotContain("cake", await owner.ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);
        var preview = await owner.ReadAsync("/settings/terms/preview?lang=en");
        Assert.Contains("Bring <strong>cake</strong>", preview, StringComparison.Ordinal);
        Assert.Contains("<ins>", preview, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, await PublishAsync(owner, "Cake is missed"));
        Assert.Contains("Bring <strong>cake</strong>", await owner.ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);
        Assert.Equal("# New terms\n\nBring **cake**.\n", await owner.ReadAsync("/o/test/terms/2/en"));
        Assert.Equal(first, await owner.ReadAsync("/o/test/terms/1/en"));
        Assert.Equal(await owner.ReadAsync("/o/test/terms/1/nl"), await owner.ReadAsync("/o/test/terms/2/nl"));
        Assert.Contains("\"version\":\"2\"", await owner.ReadAsync("/o/test/terms"), StringComparison.Ordinal);
        var list = await owner.ReadAsync("/settings/terms?lang=en");
        Assert.Contains("Cake is missed", list, StringComparison.Ordinal);
        Assert.Contains("/o/test/terms/1/en", list, StringComparison.Ordinal);
        Assert.Contains("<del>", await owner.ReadAsync("/settings/terms/compare?lang=en&from=1&to=2&language=en"), StringComparison.Ordinal);
        Assert.Contains("Nothing.", await owner.ReadAsync("/settings/terms/compare?lang=en&from=1&to=2&language=nl"), StringComparison.Ordinal);
        Assert.StartsWith(await Staff.IdAsync(server, RunningServer.Email) + " 2 done", Assert.Single(await Staff.AuditAsync(server, "terms.published")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_the_page_open_while_a_version_is_published_is_asked_to_read_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var visitor = server.Visit();
        (await visitor.AcceptAsync()).Dispose();
        await DraftAsync(owner, "en", "New", "New licence");
        await PublishAsync(owner, "");

        using var late = await server.Visit().AcceptAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        using var download = await visitor.GetAsync("/o/test/download");
        Assert.Equal(HttpStatusCode.SeeOther, download.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_published_that_was_not_seen_nothing_empty_and_nothing_that_hides()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var (empty, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings/terms", "/settings/terms/publish", ("seen", "x"), ("sure", "yes")));
        await DraftAsync(owner, "en", "One", "L");
        var seen = Seen().Match(await owner.ReadAsync("/settings/terms/preview")).Groups[1].Value;
        await DraftAsync(owner, "en", "Two", "L");
        var (changed, words) = await Staff.ReadAsync(owner.SubmitAsync("/settings/terms/preview?lang=en", "/settings/terms/publish?lang=en", ("seen", seen), ("sure", "yes")));
        var (unsure, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings/terms/preview", "/settings/terms/publish", ("seen", seen)));

        Assert.All([empty, changed, unsure], status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        Assert.Contains("changed the texts since", words, StringComparison.Ordinal);
        foreach (var (terms, licence) in ((string, string)[])[("", "L"), ("T", ""), ("a\u202eb", "L"), ("T", "a\u200bb"), ("a\u0007b", "L"), (new string('x', PlainMarkdown.MaximumBytes + 1), "L")])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Staff.ReadAsync(owner.SubmitAsync("/settings/terms", "/settings/terms/draft/en", ("terms", terms), ("licence", licence)))).Status);
        Assert.DoesNotContain("/o/test/terms/2/", await owner.ReadAsync("/settings/terms"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_text_that_a_program_takes_can_be_written()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        await DraftAsync(owner, "en", string.Concat(Enumerable.Repeat("é\n", (PlainMarkdown.MaximumBytes / 3) - 1)), new string('x', PlainMarkdown.MaximumBytes - 1));

        Assert.Equal(HttpStatusCode.SeeOther, await PublishAsync(owner, ""));
    }

    [Fact]
    public async Task Drafts_can_be_thrown_away_and_one_that_is_the_current_text_is_none()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        await DraftAsync(owner, "en", await owner.ReadAsync("/o/test/terms/1/en"), await owner.ReadAsync("/o/test/licence/1/en"));
        Assert.Equal(0, await CountAsync<TermsDraft>(server));

        await DraftAsync(owner, "en", "New", "New");
        Assert.Equal(2, await CountAsync<TermsDraft>(server));
        (await owner.SubmitAsync("/settings/terms", "/settings/terms/discard")).Dispose();

        Assert.Equal(0, await CountAsync<TermsDraft>(server));
        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("/settings/terms/draft/xx"));
    }

    [Fact]
    public async Task Who_accepted_what_is_found_by_version_and_day()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = { ["RateLimits:AcceptancesPerMinute"] = "1000" } });
        using var owner = await Staff.SignInAsync(server);
        for (var i = 0; i < 51; i++)
            (await server.Visit().AcceptAsync(backup: i == 0 ? "help" : "yes")).Dispose();

        var newest = await owner.ReadAsync("/settings/terms/accepted?lang=en");
        var more = WebUtility.HtmlDecode(More().Match(newest).Groups[1].Value);

        Assert.Equal(50, Regex.Count(newest, "Visitor of the help page"));
        Assert.NotEmpty(more);
        Assert.Contains("No", await owner.ReadAsync(more), StringComparison.Ordinal);
        Assert.Equal(0, Regex.Count(await owner.ReadAsync("/settings/terms/accepted?version=2"), "Visitor of"));
        Assert.Equal(0, Regex.Count(await owner.ReadAsync("/settings/terms/accepted?lang=en&until=2020-01-01"), "Visitor of"));
        Assert.Equal(0, Regex.Count(await owner.ReadAsync("/settings/terms/accepted?lang=en&q=Anna"), "Visitor of"));
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/settings/terms/accepted?before=1.%27&from=x&until=9999-99-99&before=99999999999999999999&version=%00&q=%25"));
        foreach (var page in (string[])["/settings/terms/accepted", "/records/consents", "/records"])
            Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync($"{page}?before=9999999999999999.a"));
    }

    [Fact]
    public async Task Who_accepted_at_the_same_moment_is_on_one_page_or_the_next_and_a_search_goes_on_as_it_began()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = { ["RateLimits:AcceptancesPerMinute"] = "1000" } });
        using var owner = await Staff.SignInAsync(server);
        for (var i = 0; i < 55; i++)
            (await server.Visit().AcceptAsync()).Dispose();
        // The clock went back an hour on this day in Amsterdam, so it had 25; the last of them is still this day.
        var late = new DateTimeOffset(2026, 10, 25, 22, 30, 0, TimeSpan.Zero);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Nabij.Server.HelpPage.Acceptance>().ExecuteUpdateAsync(set => set.SetProperty(row => row.AcceptedAt, late), Cancel);

        var first = await owner.ReadAsync("/settings/terms/accepted?lang=en&from=2026-10-25&until=2026-10-25");
        var more = WebUtility.HtmlDecode(More().Match(first).Groups[1].Value);
        var second = await owner.ReadAsync(more);

        Assert.Contains("until=2026-10-25", more, StringComparison.Ordinal);
        Assert.Equal(55, Fingerprints().Matches(first + second).Select(match => match.Value).Distinct().Count());
        Assert.Contains("from=2026-10-25&until=2026-10-25\"", WebUtility.HtmlDecode(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_in_terms_stay_texts_in_editor_preview_comparison_and_help_page()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Settings = { ["RateLimits:AccountsPerMinute"] = "100000" } });
        using var owner = await Staff.SignInAsync(server);
        var texts = HostileTexts.All.Where(text => PlainMarkdown.FindProblem(System.Text.Encoding.UTF8.GetBytes(text)) is null).ToList();
        Assert.True(texts.Count >= 200);

        await DraftAsync(owner, "en", string.Join("\n\n", texts.Select((_, i) => $"a text {i}")), "Licence");
        var plain = await PagesAsync(owner);
        await DraftAsync(owner, "en", string.Join("\n\n", texts.Select(text => $"a {text.ReplaceLineEndings(" ").Replace('*', '+')}")), "Licence");
        var hostile = await PagesAsync(owner);

        Assert.Equal(plain.Skeleton, hostile.Skeleton);
        Assert.True(HtmlSkeleton.Shows(hostile.Editor, "a <script>alert(1)</script>"));
        await PublishAsync(owner, "");
        Assert.DoesNotContain("<script>alert", await owner.ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", await owner.ReadAsync("/settings/terms/compare?language=en"), StringComparison.Ordinal);

        static async Task<(string Skeleton, string Editor)> PagesAsync(Visitor owner)
        {
            var editor = await owner.ReadAsync("/settings/terms/draft/en");
            var preview = await owner.ReadAsync("/settings/terms/preview");
            // What changed since the version before is another number of parts by its nature.
            return (HtmlSkeleton.Of(editor) + HtmlSkeleton.Of(DiffParts().Replace(preview, "")), editor);
        }
    }

    private static async Task<int> CountAsync<TRow>(RunningServer server)
        where TRow : class
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<TRow>().CountAsync(Cancel);
    }

    private static async Task DraftAsync(Visitor owner, string language, string terms, string licence)
    {
        var (status, text) = await Staff.ReadAsync(owner.SubmitAsync($"/settings/terms/draft/{language}", $"/settings/terms/draft/{language}", ("terms", terms), ("licence", licence), ("act", "save")));
        Assert.True(status == HttpStatusCode.SeeOther, text);
    }

    private static async Task<HttpStatusCode> PublishAsync(Visitor owner, string note)
    {
        var seen = Seen().Match(await owner.ReadAsync("/settings/terms/preview")).Groups[1].Value;
        return (await Staff.ReadAsync(owner.SubmitAsync("/settings/terms/preview", "/settings/terms/publish", ("seen", seen), ("note", note), ("sure", "yes")))).Status;
    }

    [GeneratedRegex("name=\"seen\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex Seen();

    [GeneratedRegex("href=\"(/settings/terms/accepted[^\"]*before=[0-9a-f.]+)\"")]
    private static partial Regex More();

    [GeneratedRegex("<code class=\"hash\">[0-9a-f ]+")]
    private static partial Regex Fingerprints();

    [GeneratedRegex("<div class=\"diff\".*?</div>", RegexOptions.Singleline)]
    private static partial Regex DiffParts();
}
