using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The technician's clipboard, typed as keys into a real editor.</summary>
public sealed class TypingTests
{
    [Theory]
    [InlineData("en-US", "Type my clipboard", "Typed.", "Stop typing")]
    [InlineData("nl-NL", "Mijn klembord typen", "Getypt.", "Stoppen met typen")]
    public async Task The_clipboard_is_typed_into_the_customers_editor_and_can_be_stopped(string locale, string start, string done, string stop)
    {
        await using var stage = await Session.StartAsync(locale: locale);
        var file = Path.Combine(stage.Desktop.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "");
        stage.Desktop.Run("dbus-run-session", "mousepad", "--disable-server", file);
        var editor = await stage.Desktop.WindowAsync("note.txt");
        await stage.Desktop.CallAsync("xdotool", "windowactivate", "--sync", editor);
        var page = stage.Desk.Page;
        await stage.Desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        const string Text = "Licence: ÀB12-cd€\nsecond line, with “quotes” and a tab\tbehind it, longer than one piece of it";
        await PutAndTypeAsync(Text);
        await page.GetByText(done, new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.FocusAsync("#screen");
        await page.Keyboard.PressAsync("Control+s");
        await Until.TrueAsync(async () => (await File.ReadAllTextAsync(file)).TrimEnd('\n') == Text, () => $"the text in the file; it holds '{File.ReadAllText(file)}'");

        await PutAndTypeAsync(new string('x', 9_000));
        var cancel = page.GetByRole(AriaRole.Button, new() { Name = stop, Exact = true });
        await stage.Desk.ShotAsync($"typing-{locale[..2]}");
        await cancel.ClickAsync();
        await page.FocusAsync("#screen");
        await page.Keyboard.PressAsync("Control+s");
        await Until.TrueAsync(async () => (await File.ReadAllTextAsync(file)).TrimEnd('\n').EndsWith('x'), () => $"the beginning in the file; it holds '{File.ReadAllText(file)}'");
        Assert.InRange((await File.ReadAllTextAsync(file)).Length, Text.Length + 1, Text.Length + 8_000);
        Assert.DoesNotContain(stage.Desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));

        async Task PutAndTypeAsync(string text)
        {
            await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
            await page.Keyboard.PressAsync("Control+Alt+Home");
            await page.GetByRole(AriaRole.Button, new() { Name = start, Exact = true }).ClickAsync();
        }
    }
}
