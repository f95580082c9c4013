using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The chat between a browser and a customer: lines, marks, Stop, and what happens while the pane is closed.</summary>
public sealed class ChatTests
{
    [Theory]
    [InlineData("en-US", "Messages", "1 new message", "shown", "arrived")]
    [InlineData("nl-NL", "Berichten", "1 nieuw bericht", "getoond", "aangekomen")]
    public async Task Both_write_and_both_see_what_has_arrived_and_what_was_shown(string locale, string open, string unread, string shown, string arrived)
    {
        await using var stage = await Session.StartAsync(locale: locale);
        var page = stage.Desk.Page;
        await page.Keyboard.PressAsync("Control+Alt+Shift+Enter");
        await stage.Desk.ShotAsync($"chat-empty-{locale[..2]}");
        await page.Keyboard.TypeAsync("Good morning <b>Mrs. Jansen</b>");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("Good morning <b>Mrs. Jansen</b>", (await stage.Customer.EventAsync("line")).GetProperty("text").GetString());
        await MarkedAsync(page, arrived);
        await stage.Customer.DoAsync("show-chat");
        await MarkedAsync(page, shown);

        await stage.Customer.DoAsync("say It beeps \u202eeert seltit");
        await page.Locator("#chat li.theirs").Last.WaitForAsync();
        Assert.Equal("It beeps \ufffdeert seltit", await page.Locator("#chat li.theirs .line").Last.InnerTextAsync());
        Assert.Equal(0, await page.Locator("#chat .line b").CountAsync());
        // The line and the word that it was shown come one after the other.
        await Until.TrueAsync(() => Task.FromResult(stage.Customer.Process.Lines.Any(line => line.Contains("\"seen\":1", StringComparison.Ordinal))), () => "the mark that it was shown");

        // Closed, the pane leaves the keyboard to the picture and counts what comes.
        await page.Keyboard.PressAsync("Escape");
        await stage.Customer.DoAsync("say Are you there?");
        var bubble = page.GetByRole(AriaRole.Button, new() { Name = unread, Exact = true });
        await bubble.WaitForAsync();
        await stage.Desk.ShotAsync($"chat-unread-{locale[..2]}");
        await bubble.ClickAsync();

        // What is written while the customer has stopped arrives when they go on.
        await stage.Customer.DoAsync("stop");
        await stage.Desk.StateAsync("stopped");
        await stage.Customer.DoAsync("say Somebody is at the door");
        await page.Locator("#chat li.theirs", new() { HasTextString = "at the door" }).WaitForAsync();
        await page.FillAsync("#chat textarea", "Take your time");
        await page.PressAsync("#chat textarea", "Enter");
        await stage.Desk.ShotAsync($"chat-stopped-{locale[..2]}");
        await stage.Customer.DoAsync("go-on");
        Assert.Equal("Take your time", (await stage.Customer.EventAsync("line", 2)).GetProperty("text").GetString());
        await MarkedAsync(page, arrived);
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
        await stage.Desk.ShotAsync($"chat-large-{locale[..2]}");
        await page.EvaluateAsync("document.documentElement.style.fontSize = ''");

        // The customer turns messages off: there is nothing to write in, and a way to ask.
        await stage.Customer.DoAsync("revoke chat");
        await page.Locator("#chat textarea:disabled").WaitForAsync();
        await stage.Desk.ShotAsync($"chat-off-{locale[..2]}");
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = open, Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Empty(stage.Desk.Console);
    }

    private static Task MarkedAsync(IPage page, string mark) =>
        page.Locator("#chat li.own .mark").Last.Filter(new() { HasTextString = mark }).WaitForAsync();
}
