using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Several sessions at one desk: tabs, keys that go to one customer only, and notes that outlive the page.</summary>
public sealed class SessionTabsTests
{
    [Fact]
    public async Task Keys_go_to_the_session_in_front_only_and_notes_are_there_after_a_reload()
    {
        await using var shop = await Shop.OpenAsync();
        await using var first = await Desktop.StartAsync(640, 400);
        await using var second = await Desktop.StartAsync(640, 400);
        var (firstFile, secondFile) = (await TakerAsync(first), await TakerAsync(second));
        await using var anna = Customer.Start(first, shop, "look,control", "--name", "Anna");
        await using var bert = Customer.Start(second, shop, "look,control", "--name", "Bert");
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await desk.SignInAsync(shop);
        var code = await anna.CodeAsync();
        await page.Locator("#waiting li", new() { HasText = "Anna" }).WaitForAsync();

        await desk.ConnectAsync(code);
        await desk.StateAsync("active");
        Assert.Equal(0, await page.Locator(".tabs:visible").CountAsync());
        await page.Keyboard.PressAsync("Control+Alt+ArrowUp");
        await page.WaitForSelectorAsync("#code", new() { State = WaitForSelectorState.Visible });
        await desk.ConnectAsync(await bert.CodeAsync());
        await desk.StateAsync("active");
        await desk.PictureEqualsAsync(second);
        Assert.Equal(1, await page.Locator("#screen").CountAsync());
        await page.Keyboard.TypeAsync("for bert\n", new() { Delay = 5 });
        await IsAsync(secondFile, "for bert\n");

        // Held while the tab changes: let go of at the customer's, and nobody else's.
        await page.Keyboard.DownAsync("x");
        await page.Keyboard.PressAsync("Control+Alt+Shift+F1");
        await page.Keyboard.UpAsync("x");
        await desk.PictureEqualsAsync(first);
        Assert.Equal("true", await page.Locator(".tabs .tab", new() { HasText = "Anna" }).GetAttributeAsync("aria-current"));
        await page.Keyboard.TypeAsync("for anna\n", new() { Delay = 5 });
        await IsAsync(firstFile, "for anna\n");
        using (var held = new HeldKeys(second))
            Assert.Equal("", held.Now());
        await desk.ShotAsync("desk-tabs-en");

        await bert.DoAsync("stop");
        await page.Locator(".tabs li[data-attention]", new() { HasText = "Bert" }).WaitForAsync();
        await page.GetByText("Bert has paused the session.").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Alt+Shift+Insert");
        await page.Locator("#notes textarea").FillAsync("Cleaned <b>the</b> disk.");
        await page.Locator("#notes").GetByText("Saved.").WaitForAsync();
        await desk.ShotAsync("desk-notes-en");

        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ReloadAsync();
        await page.Locator("#recent").GetByRole(AriaRole.Button, new() { NameRegex = new("Anna") }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog textarea")).ToHaveValueAsync("Cleaned <b>the</b> disk.");
        Assert.Equal("program-closed", (await bert.EventAsync("ended")).GetProperty("reason").GetString());
        Assert.DoesNotContain(desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));
    }

    /// <summary>A terminal that writes what is typed into a file.</summary>
    private static async Task<string> TakerAsync(Desktop desktop)
    {
        var file = Path.Combine(desktop.Folder, "typed.txt");
        desktop.Run("xterm", "-T", "taker", "-e", "sh", "-c", $"exec cat > '{file}'");
        await desktop.CallAsync("xdotool", "windowactivate", "--sync", await desktop.WindowAsync("taker"));
        return file;
    }

    private static Task IsAsync(string file, string text) =>
        Until.TrueAsync(async () => File.Exists(file) && (await File.ReadAllTextAsync(file)).EndsWith(text, StringComparison.Ordinal),
            () => $"'{text}' in the file; it holds '{(File.Exists(file) ? File.ReadAllText(file) : "nothing")}'");
}
