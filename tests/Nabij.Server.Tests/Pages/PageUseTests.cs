using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

/// <summary>Pages as people use them who have no scripts, no mouse, or other wishes than most.</summary>
[Collection(PageTests.Name)]
public sealed class PageUseTests(PageStage stage)
{
    private const int MostStops = 80;

    private string HelpPage => $"{stage.Server.Address}o/{RunningServer.Slug}";

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task Without_scripts_a_customer_comes_from_the_help_page_on_a_small_screen_to_the_file(string language)
    {
        await using var context = await stage.NewContextAsync(language, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 640 }, AcceptDownloads = true });
        var page = await context.NewPageAsync();

        await page.GotoAsync(HelpPage);
        await page.ClickAsync(".more a[href*='/tour']");
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        await page.ClickAsync("main .button.primary");
        await page.ClickAsync("details.document summary");
        await page.CheckAsync("#terms");
        await page.CheckAsync("#licence");
        await page.CheckAsync("#backup-help");
        await page.ClickAsync("#accept button[type=submit]");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#download"));

        Assert.Equal("nabij-linux-x64", download.SuggestedFilename);
        Assert.EndsWith($"/download?lang={language}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_answer_is_told_at_its_question_and_takes_the_keyboard()
    {
        await using var context = await stage.NewContextAsync("en");
        var page = await context.NewPageAsync();
        await page.GotoAsync(HelpPage);
        await page.CheckAsync("#terms");
        await page.CheckAsync("#backup-no");

        await PageTable.SubmitAsync(page, "#accept");

        Assert.Equal("accept-problem", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.ClickAsync("#accept-problem a");
        Assert.Equal("licence", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("true", await page.GetAttributeAsync("#licence", "aria-invalid"));
        Assert.Equal("licence-problem", await page.GetAttributeAsync("#licence", "aria-describedby"));
        Assert.True(await page.IsCheckedAsync("#terms") && await page.IsCheckedAsync("#backup-no"));
    }

    [Fact]
    public async Task The_first_key_leads_past_the_navigation_and_the_keyboard_is_always_in_sight()
    {
        await using var walk = new PageWalk(stage, "en");
        await walk.GoAsync(PageTable.Lines.Where(line => line.Name is "help" or "people" or "desk"), async (line, page) =>
        {
            await page.EvaluateAsync("document.activeElement.blur()");
            await page.Keyboard.PressAsync("Tab");
            // A field that takes the keyboard by itself is where the reader begins; the link stands before it.
            if (await page.EvaluateAsync<bool>("document.activeElement.matches('.skip')"))
            {
                await page.Keyboard.PressAsync("Enter");
                Assert.Equal("content", await page.EvaluateAsync<string>("document.activeElement.id"));
            }

            await GoThroughAsync(page, line.Name);
        });
    }

    [Fact]
    public async Task A_page_stays_the_same_page_in_another_language()
    {
        await using var walk = new PageWalk(stage, "nl");
        await walk.GoAsync(PageTable.Lines.Where(line => line.Name is "help" or "start" or "tour" or "download" or "sign-in" or "person" or "desk"), async (line, page) =>
        {
            var before = new Uri(page.Url).AbsolutePath;
            await page.ClickAsync(".languages a[hreflang=en]");
            await page.WaitForSelectorAsync("html[lang=en]");
            Assert.Equal(before == "/" ? $"/o/{RunningServer.Slug}" : before, new Uri(page.Url).AbsolutePath);
        });
    }

    [Fact]
    public async Task Who_wants_no_motion_sees_none()
    {
        await using var context = await stage.NewContextAsync("en");
        var page = await context.NewPageAsync();
        await page.GotoAsync(HelpPage);
        Assert.Equal("auto", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.getAnimations().length"));
    }

    [Fact]
    public async Task The_first_steps_are_walked_by_keyboard_put_away_and_brought_back()
    {
        await using var walk = new PageWalk(stage, "en");
        await walk.GoAsync(PageTable.Lines.Where(line => line.Name == "desk-first-steps"), async (_, page) =>
        {
            Assert.Equal("code", await page.EvaluateAsync<string>("document.activeElement.id"));
            await page.FocusAsync(".first-steps .primary");
            await page.Keyboard.PressAsync("Enter");
            Assert.Equal("See who is waiting", await page.EvaluateAsync<string>("document.activeElement.textContent"));
            await page.Keyboard.PressAsync("ArrowLeft");
            Assert.Equal("Ask for the code", await page.InnerTextAsync("#steps-title"));
            await page.Keyboard.PressAsync("Escape");
            Assert.Equal("steps-open", await page.EvaluateAsync<string>("document.activeElement.id"));

            await page.ReloadAsync();
            await page.WaitForSelectorAsync("#waiting li");
            Assert.False(await page.IsVisibleAsync(".first-steps"));
            await page.ClickAsync("#steps-open");
            Assert.Equal("First steps: 1 of 7", await page.InnerTextAsync(".first-steps .hint"));
        });
        Assert.Empty(walk.Complaints);
    }

    /// <summary>Every stop of the keyboard is marked by an outline and stands inside the window.</summary>
    private static async Task GoThroughAsync(IPage page, string name)
    {
        for (var i = 0; i < MostStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string>(
                """
                () => {
                  const at = document.activeElement;
                  if (at === document.body) return 'end';
                  const { outlineStyle, outlineWidth } = getComputedStyle(at);
                  const { top, bottom, left, right } = at.getBoundingClientRect();
                  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${at.outerHTML.slice(0, 200)} is not marked`;
                  return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth ? '' : `${at.outerHTML.slice(0, 200)} is out of sight`;
                }
                """);
            if (stop == "end")
                return;
            Assert.True(stop.Length == 0, $"{name}: {stop}");
        }
    }
}
