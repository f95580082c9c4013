using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Copied text between a browser and the clipboard of a real X desktop, both ways, each by an act of a person.</summary>
public sealed class ClipboardTests
{
    private const string Theirs = "Serial: ÀB12-cd€ 😀\n\tsecond line <b>";

    [Theory]
    [InlineData("en-US")]
    [InlineData("nl-NL")]
    public async Task Text_goes_both_ways_between_the_two_clipboards(string locale)
    {
        await using var stage = await Session.StartAsync(locale: locale, grant: "look,clipboard");
        var page = stage.Desk.Page;
        var isEnglish = locale == "en-US";
        await stage.Desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        // The technician's text, by keyboard alone: the panel, the button, Enter.
        var mine = "Grüße €\n" + string.Concat(Enumerable.Repeat("0123456789abcde\n", 65_000));
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", mine);
        await page.Keyboard.PressAsync("Control+Alt+Home");
        var place = Button(page, isEnglish ? "Put my clipboard on the customer’s" : "Mijn klembord op dat van de klant zetten");
        await place.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText(isEnglish ? "The text is on the customer’s clipboard." : "De tekst staat op het klembord van de klant.").WaitForAsync();
        await stage.Desk.ShotAsync($"clipboard-placed-{locale[..2]}");
        await stage.Customer.EventAsync("text-placed");
        Assert.Equal(mine, await PasteAsync(stage.Desktop));

        // The customer's text: asked for, shown to the customer (here a program that says yes), in a pane, copied by a press.
        await CopyAsync(stage.Desktop, Theirs);
        var get = Button(page, isEnglish ? "Get the text that the customer copied" : "De tekst ophalen die de klant kopieerde");
        await get.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var pane = page.Locator("#text");
        await pane.WaitForAsync();
        await stage.Customer.EventAsync("copied-asked");
        Assert.Equal(Theirs, await pane.Locator("textarea").InputValueAsync());
        await stage.Customer.EventAsync("text-given");
        Assert.Equal(mine.Length, (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Length);
        await stage.Desk.ShotAsync($"clipboard-came-{locale[..2]}");
        var copy = pane.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Copy to my clipboard" : "Naar mijn klembord kopiëren" });
        await copy.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await pane.GetByText(isEnglish ? "It is on your clipboard." : "Hij staat op uw klembord.").WaitForAsync();
        Assert.Equal(Theirs, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
        await stage.Desk.ShotAsync($"clipboard-large-{locale[..2]}");
        await page.EvaluateAsync("document.documentElement.style.fontSize = ''");
        await page.Keyboard.PressAsync("Escape");
        await pane.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // The customer sends by own act; what is taken back is asked for again.
        await stage.Customer.DoAsync("give-copied");
        await pane.WaitForAsync();
        await stage.Customer.DoAsync("revoke clipboard");
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await Button(page, isEnglish ? "Ask to get text that is copied" : "Vragen of u gekopieerde tekst mag ophalen").WaitForAsync();
        await stage.Desk.ShotAsync($"clipboard-ask-{locale[..2]}");
        Assert.DoesNotContain(stage.Desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_that_does_not_give_its_clipboard_gets_a_box_to_paste_into()
    {
        await using var stage = await Session.StartAsync(locale: "en-US", grant: "look,clipboard");
        var page = stage.Desk.Page;
        await stage.Desk.Context.ClearPermissionsAsync();
        await page.EvaluateAsync("Object.defineProperty(navigator.clipboard, 'readText', { value: () => Promise.reject(new Error('no')) })");
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await Button(page, "Put my clipboard on the customer’s").ClickAsync();
        var box = page.Locator("#panel .clipboard textarea");
        await box.WaitForAsync();
        await page.Keyboard.InsertTextAsync("pasted");
        await stage.Desk.ShotAsync("clipboard-paste-en");
        await Button(page, "Put it on the customer’s clipboard").ClickAsync();
        await stage.Customer.EventAsync("text-placed");
        Assert.Equal("pasted", await PasteAsync(stage.Desktop));
        Assert.Equal("", await box.InputValueAsync());
    }

    [Fact]
    public async Task A_clipboard_without_text_and_a_permission_that_was_not_given_are_told()
    {
        await using var stage = await Session.StartAsync(locale: "en-US", grant: "look,clipboard");
        var page = stage.Desk.Page;
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await Button(page, "Get the text that the customer copied").ClickAsync();
        await page.GetByText("The customer has not copied any text.").WaitForAsync();
        Assert.Equal("empty", (await stage.Customer.EventAsync("nothing-copied")).GetProperty("why").GetString());
        Assert.Equal("active", await stage.Desk.Page.Locator(".session").GetAttributeAsync("data-state"));
    }

    private static async Task CopyAsync(Desktop desktop, string text)
    {
        var file = Path.Combine(desktop.Folder, "copied.txt");
        await File.WriteAllTextAsync(file, text);
        desktop.Run("xclip", "-quiet", "-selection", "clipboard", "-t", "UTF8_STRING", file);
        await Until.TrueAsync(async () => await PasteAsync(desktop) == text, () => "the copied text");
    }

    // Through a file: to the byte.
    private static async Task<string> PasteAsync(Desktop desktop)
    {
        var file = Path.Combine(desktop.Folder, "pasted.txt");
        await desktop.CallAsync("sh", "-c", $"xclip -selection clipboard -o -t UTF8_STRING > {file} || true");
        return await File.ReadAllTextAsync(file);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
