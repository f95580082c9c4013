using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Nabij.Server.Explained;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Tests.People;

namespace Nabij.Server.Tests.Pages;

public sealed partial class ExplainedTests
{
    private const string Shop = $"/o/{RunningServer.Slug}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_table_of_the_schema_is_told_on_the_privacy_page_or_holds_nothing_about_people()
    {
        var assembly = typeof(StoredThings).Assembly;
        var tables = assembly.GetManifestResourceNames().Where(name => name.StartsWith("migrations/", StringComparison.Ordinal) && name.Contains("qlite", StringComparison.OrdinalIgnoreCase))
            .SelectMany(name => Tables().Matches(Read(assembly, name)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Contains("session", tables);
        Assert.Equal(tables, StoredThings.All.SelectMany(thing => thing.Tables).Concat(StoredThings.NotAboutPeople).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_stored_has_its_words_in_every_language()
    {
        Assert.All(Texts.All.Select(language => Texts.Find(language)!), texts => Assert.All(StoredThings.All, thing =>
        {
            Assert.All((string[])["what", "detail", "why"], part => Assert.Contains($"privacy.stored.{thing.Name}.{part}", texts.Keys));
        }));
    }

    [Fact]
    public async Task The_privacy_page_says_the_times_that_the_settings_give()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Settings = { ["Retention:AcceptanceMonths"] = "37", ["Retention:SessionMonths"] = "1", ["Retention:AcceptanceOpensDownload"] = "06:00:00" },
        });
        using var visitor = server.Visit();

        var english = await visitor.ReadAsync($"{Shop}/privacy");
        var dutch = await visitor.ReadAsync($"{Shop}/privacy?lang=nl");

        Assert.All((string[])["37 months", "1 month<", "6 hours", "25 hours", "30 days", "020 555 0123"], words => Assert.Contains(words, english, StringComparison.Ordinal));
        Assert.All((string[])["37 maanden", "1 maand<", "6 uur"], words => Assert.Contains(words, dutch, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_safety_page_claims_no_more_than_the_browser_viewer_gives()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        foreach (var language in Texts.All)
        {
            var html = WebUtility.HtmlDecode(await visitor.ReadAsync($"{Shop}/safety?lang={language}"));
            var texts = Texts.Find(language)!;
            Assert.Contains(texts["safety.end.claim"], html, StringComparison.Ordinal);
            Assert.Contains(texts.Format("safety.limit.browser", "Computer shop Test"), html, StringComparison.Ordinal);
            Assert.Contains(texts["safety.who.online"], html, StringComparison.Ordinal);
            // security.md 4: what must not be claimed of a viewer in a browser.
            Assert.DoesNotMatch("(?i)zero.knowledge|bank.grade|military|even we cannot|ook wij kunnen niet|nobody can ever|niemand kan ooit", html);
        }
    }

    [Fact]
    public async Task Every_step_of_the_tour_has_its_picture_in_every_language_and_none_is_left_over()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        var wanted = new List<string>();
        foreach (var language in Texts.All)
        {
            var html = await visitor.ReadAsync($"{Shop}/tour?lang={language}");
            foreach (var picture in TourSteps.All.Select(step => step.Picture).OfType<string>())
            {
                var address = TourPictures.AddressOf(picture, language);
                Assert.Matches($"<img src=\"{address}\" width=\"[1-9][0-9]+\" height=\"[1-9][0-9]+\"", html);
                Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync(address));
                wanted.Add(Path.GetFileName(address));
            }
        }

        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Nabij.Server/wwwroot/tour")).Select(Path.GetFileName);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal)!);
    }

    [Fact]
    public async Task The_processor_agreement_is_filled_in_as_text_and_leaves_open_what_people_must_know()
    {
        await using var server = await RunningServer.StartAsync();
        await using (var database = await server.OpenDatabaseAsync())
        {
            var organization = database.Set<Organization>().Single();
            organization.LegalName = "<b>De Linde</b> V.O.F.";
            await database.SaveChangesAsync(Cancel);
        }

        using var owner = await Staff.SignInAsync(server);
        foreach (var language in Texts.All)
        {
            using var answer = await owner.GetAsync($"/processor-agreement/text?lang={language}");
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(("text/markdown", "attachment"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
            Assert.Contains("<b>De Linde</b> V.O.F.", text, StringComparison.Ordinal);
            Assert.Contains("Computer shop Test", text, StringComparison.Ordinal);
            Assert.DoesNotContain("{", text, StringComparison.Ordinal);
            Assert.Contains(Texts.Find(language)!["agreement.unknown.trade"], text, StringComparison.Ordinal);

            var html = await owner.ReadAsync($"/processor-agreement?lang={language}");
            Assert.Contains("&lt;b&gt;De Linde&lt;/b&gt; V.O.F.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>De Linde", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("020 555 0123", "tel:0205550123")]
    [InlineData("+31 (0)20 555 0123", "tel:+31205550123")]
    [InlineData("call the shop", null)]
    [InlineData("12", null)]
    public async Task A_number_that_can_be_called_is_a_link(string number, string? address)
    {
        await using var server = await RunningServer.StartAsync();
        await using (var database = await server.OpenDatabaseAsync())
        {
            database.Set<Organization>().Single().Phone = number;
            await database.SaveChangesAsync(Cancel);
        }

        using var visitor = server.Visit();
        var html = await visitor.ReadAsync(Shop);
        Assert.Equal(address is not null, html.Contains("href=\"tel:", StringComparison.Ordinal));
        if (address is not null)
            Assert.Contains($"href=\"{address}\"", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/o/nobody/safety")]
    [InlineData("/o/nobody/privacy")]
    [InlineData("/o/nobody/tour")]
    public async Task An_organization_that_does_not_exist_explains_nothing(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync(path));
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?m)^create table (?:if not exists )?(\w+)")]
    private static partial Regex Tables();
}
