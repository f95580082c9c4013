using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The facts about the customer's computer, from a real one to the technician's panel.</summary>
public sealed class FactsTests
{
    [Theory]
    [InlineData("en-US", "Ask for the facts", "Copy as text", "Memory", "of")]
    [InlineData("nl-NL", "Om de gegevens vragen", "Als tekst kopiëren", "Geheugen", "van")]
    public async Task The_technician_sees_what_the_customer_has_sent_and_can_copy_it(string locale, string ask, string copy, string memory, string of)
    {
        await using var stage = await Session.StartAsync("look,facts", locale);
        var page = stage.Desk.Page;
        await stage.Desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = ask, Exact = true }).ClickAsync();
        var count = (await stage.Customer.EventAsync("facts")).GetProperty("count").GetInt32();
        await page.Locator(".facts dt", new() { HasTextString = memory }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(count, await page.Locator(".facts dt").CountAsync());
        // The picture rested while the customer read the list, and is there again.
        await stage.Desk.StateAsync("active");
        await page.Keyboard.PressAsync("Control+Alt+Home");
        var button = page.GetByRole(AriaRole.Button, new() { Name = copy, Exact = true });
        await button.ScrollIntoViewIfNeededAsync();
        await page.Locator("#panel").EvaluateAsync("panel => Promise.all(panel.getAnimations().map(one => one.finished))");
        await stage.Desk.ShotAsync($"facts-{locale[..2]}");
        await button.ClickAsync();
        var lines = (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Split('\n');
        Assert.Equal(count, lines.Length);
        Assert.Contains(lines, line => line.StartsWith($"{memory}: ", StringComparison.Ordinal) && line.Contains($" {of} ", StringComparison.Ordinal));
        Assert.Empty(stage.Desk.Console);
    }
}
