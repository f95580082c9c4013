using System.Net;
using System.Text;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's way to the code, screen by screen.</summary>
public sealed class HostAppStartTests
{
    [Fact]
    public async Task The_first_question_is_whose_idea_it_was()
    {
        await using var run = new HostAppRun().Start();
        Assert.Equal("contacted", run.Main.Id);
        Assert.Contains("De Linde", run.Text("heading"), StringComparison.Ordinal);
        Assert.Contains("030 123", run.Text("call"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Main.Parts, part => part.Id == "unverified");
    }

    [Fact]
    public async Task Who_was_called_sees_advice_and_may_go_on_only_after_half_a_minute()
    {
        await using var run = new HostAppRun().Start();
        run.Window.Press("no");
        Assert.Equal("refuse", run.Main.Id);
        run.Pass(TimeSpan.FromSeconds(29));
        Assert.False(run.Main.Presses.Single(press => press.Id == "go-on").Enabled);
        run.Pass(TimeSpan.FromSeconds(1));
        Assert.True(run.Main.Presses.Single(press => press.Id == "go-on").Enabled);
        run.Window.Press("go-on");
        Assert.Equal("fetch-terms", run.Main.Id);
    }

    [Fact]
    public async Task Who_was_called_can_leave_at_once()
    {
        await using var run = new HostAppRun().Start();
        run.Window.Press("no");
        run.Window.Press("close");
        await run.Window.UntilEndAsync(0);
        Assert.Null(run.Window.Main);
    }

    [Fact]
    public async Task The_language_can_be_changed_on_the_first_screen()
    {
        await using var run = new HostAppRun().Start();
        run.Window.Answer("language", "nl");
        Assert.Equal("Ja, ik heb zelf contact gezocht", run.Main.Presses.Single(press => press.Id == "yes").Text);
        Assert.Equal("contacted", run.Main.Id);
    }

    [Fact]
    public async Task Nothing_is_agreed_to_beforehand_and_continue_waits_for_every_answer()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        Assert.All(run.Main.Parts.OfType<Tick>(), tick => Assert.False(tick.On));
        Assert.Null(run.Main.Parts.OfType<Choice>().Single(choice => choice.Id == "backup").Chosen);
        foreach (var (part, value) in new[] { ("terms", "on"), ("licence", "on"), ("backup", "help") })
        {
            Assert.False(run.Main.Presses.Single(press => press.Id == "continue").Enabled);
            run.Window.Answer(part, value);
        }

        Assert.True(run.Main.Presses.Single(press => press.Id == "continue").Enabled);
        run.Window.Answer("terms", "off");
        Assert.False(run.Main.Presses.Single(press => press.Id == "continue").Enabled);
    }

    [Fact]
    public async Task The_terms_and_the_licence_are_shown_in_full()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        var shown = run.Main.Parts.OfType<Document>().Single().Paragraphs.Select(paragraph => paragraph.Text).ToList();
        Assert.Contains("Remote help has risks.", shown);
        Assert.Contains("Apache License 2.0", shown);
    }

    [Fact]
    public async Task The_advice_about_a_backup_follows_the_answer()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        run.Window.Answer("backup", "no");
        Assert.Contains("without a backup", run.Text("backup-advice"), StringComparison.Ordinal);
        run.Window.Answer("backup", "help");
        Assert.Contains("First help me", run.Text("backup-advice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_agree_leaves()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        run.Window.Press("disagree");
        await run.Window.UntilEndAsync(0);
    }

    [Fact]
    public async Task A_copy_of_the_terms_is_saved_as_they_came()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        run.Window.SavePath = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        run.Window.Press("save");
        await run.Window.UntilAsync(() => run.Window.Announced.Count > 0);
        var saved = await File.ReadAllTextAsync(run.Window.SavePath, TestContext.Current.CancellationToken);
        File.Delete(run.Window.SavePath);
        Assert.StartsWith("# Terms\n\nRemote help has risks.", saved, StringComparison.Ordinal);
        Assert.EndsWith("Apache License 2.0", saved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_nothing_can_be_saved_is_told()
    {
        await using var run = new HostAppRun();
        await run.ToTermsAsync();
        run.Window.SavePath = "/no-such-folder/terms.txt";
        run.Window.Press("save");
        await run.Window.UntilAsync(() => run.Window.Announced.Count > 0);
        Assert.Contains("could not be saved", run.Window.Announced[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_with_another_hash_are_not_shown()
    {
        await using var run = new HostAppRun();
        run.Shop.Answers["/o/linde/terms/3/en"] = () => HostAppShop.Bytes(Encoding.UTF8.GetBytes("Other terms"));
        run.Start();
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync("problem-terms");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"id":"a","version":"../../x","texts":[{"language":"en","termsHash":"","licenceHash":""}]}""")]
    [InlineData("""{"id":"a","version":"1","texts":[]}""")]
    [InlineData("""{"id":1,"version":"1","texts":[]}""")]
    public async Task A_list_of_terms_that_makes_no_sense_is_told(string overview)
    {
        await using var run = new HostAppRun();
        run.Shop.Overview = overview;
        run.Start();
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync("problem-terms");
    }

    [Fact]
    public async Task A_language_without_terms_gets_the_first_there_is()
    {
        await using var run = new HostAppRun();
        run.Shop.Overview = run.Shop.Overview.Replace("\"nl\"", "\"de\"", StringComparison.Ordinal);
        run.Start();
        run.Window.Answer("language", "nl");
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync("terms");
        Assert.Equal("en", run.Main.Parts.OfType<Document>().Single().Language);
    }

    [Theory]
    [InlineData(5, "problem-clock")]
    [InlineData(-5, "problem-clock")]
    [InlineData(4, "terms")]
    public async Task A_clock_five_minutes_off_is_told(int minutes, string screen)
    {
        await using var run = new HostAppRun();
        run.Shop.Date = run.Clock.GetUtcNow().AddMinutes(minutes);
        run.Start();
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync(screen);
        if (minutes == 5)
            Assert.Contains("09:05", run.Text("body"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "network")]
    [InlineData(HttpRequestError.ConnectionError, "network")]
    [InlineData(HttpRequestError.SecureConnectionError, "tls")]
    [InlineData(HttpRequestError.ProxyTunnelError, "proxy")]
    [InlineData(HttpRequestError.InvalidResponse, "server")]
    public async Task What_is_wrong_with_the_connection_is_told_and_can_be_tried_again(HttpRequestError error, string kind)
    {
        await using var run = new HostAppRun();
        var right = run.Shop.Answers["/o/linde/terms"];
        run.Shop.Answers["/o/linde/terms"] = () => throw new HttpRequestException(error);
        run.Start();
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync("problem-" + kind);
        run.Shop.Answers["/o/linde/terms"] = right;
        run.Window.Press("again");
        await run.Window.UntilScreenAsync("terms");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "organization")]
    [InlineData(HttpStatusCode.TooManyRequests, "limited")]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, "proxy")]
    [InlineData(HttpStatusCode.Found, "server")]
    [InlineData(HttpStatusCode.InternalServerError, "server")]
    public async Task What_the_server_refuses_is_told(HttpStatusCode status, string kind)
    {
        await using var run = new HostAppRun();
        run.Shop.Answers["/o/linde/terms"] = () => new HttpResponseMessage(status);
        run.Start();
        run.Window.Press("yes");
        await run.Window.UntilScreenAsync("problem-" + kind);
        run.Window.Press("close");
        await run.Window.UntilEndAsync(1);
    }

    [Fact]
    public async Task A_program_without_a_shop_asks_for_one_and_keeps_the_red_strip()
    {
        await using var run = new HostAppRun(new StartPoint.Ask()).Start();
        run.Window.Press("continue");
        Assert.Contains("Type the address", run.Text("address"), StringComparison.Ordinal);
        run.Window.Answer("address", "help.linde.example/o/linde");
        run.Window.Press("continue");
        await run.Window.UntilScreenAsync("shop-found");
        Assert.Equal("help.linde.example", run.Text("heading"));
        Assert.Contains("UNVERIFIED", run.Text("unverified"), StringComparison.Ordinal);
        run.Window.Press("yes");
        Assert.Equal("contacted", run.Main.Id);
        Assert.Contains("UNVERIFIED", run.Text("unverified"), StringComparison.Ordinal);
        Assert.DoesNotContain("030 123", run.Text("call"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_is_not_right_can_be_left()
    {
        await using var run = new HostAppRun(new StartPoint.Ask()).Start();
        run.Window.Answer("address", "https://help.linde.example/o/linde");
        run.Window.Press("continue");
        await run.Window.UntilScreenAsync("shop-found");
        run.Window.Press("no");
        Assert.Equal("shop", run.Main.Id);
        Assert.Null(run.Flow.Organization);
    }

    [Fact]
    public async Task An_address_that_answers_with_another_shops_document_is_refused()
    {
        await using var run = new HostAppRun(new StartPoint.Ask()).Start();
        run.Window.Answer("address", "https://other.example/o/linde");
        run.Window.Press("continue");
        await run.Window.UntilScreenAsync("problem-organization");
    }

    [Fact]
    public async Task A_damaged_block_is_told_and_cannot_be_tried_again()
    {
        await using var run = new HostAppRun(new StartPoint.Damaged()).Start();
        Assert.Equal("problem-block", run.Main.Id);
        Assert.DoesNotContain(run.Main.Presses, press => press.Id == "again");
    }

    [Fact]
    public async Task A_desktop_that_cannot_be_read_is_told()
    {
        await using var run = new HostAppRun(new StartPoint.Unreadable()).Start();
        Assert.Equal("problem-display", run.Main.Id);
    }
}
