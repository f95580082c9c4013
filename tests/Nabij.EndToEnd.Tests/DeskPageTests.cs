using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The desk's page by itself: code entry, languages, and what it leaves behind.</summary>
public sealed class DeskPageTests
{
    [Fact]
    public async Task Digits_are_grouped_as_they_are_typed_pasted_and_taken_away()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        var code = desk.Page.Locator("#code");

        await code.PressSequentiallyAsync("4179");
        Assert.Equal("417 9", await code.InputValueAsync());
        await code.PressSequentiallyAsync("02-635 and more");
        Assert.Equal("417 902 635", await code.InputValueAsync());
        foreach (var expected in new[] { "417 902 63", "417 902 6", "417 902", "417 90" })
        {
            await code.PressAsync("Backspace");
            Assert.Equal(expected, await code.InputValueAsync());
        }

        await code.FillAsync("Your code is 502 118 204.");
        Assert.Equal("502 118 204", await code.InputValueAsync());
    }

    [Fact]
    public async Task A_code_that_is_too_short_or_unknown_is_told_beside_the_field()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);

        await desk.Page.FillAsync("#code", "41790");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.GetByText("A code has nine digits. This one has 5.").WaitForAsync();
        await desk.ConnectAsync("417 902 635");
        await desk.Page.GetByText("Nobody is waiting with this number").WaitForAsync();
        Assert.Equal("", await desk.Page.InputValueAsync("#code"));
        Assert.DoesNotContain(desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_desk_speaks_the_technicians_language()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desk = await Desk.OpenAsync(locale: "nl-NL");
        await desk.SignInAsync(shop);
        Assert.Equal("Verbinden", await desk.Page.InnerTextAsync("#connect"));
        await desk.Page.ClickAsync("a[hreflang=en]");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).WaitForAsync();
    }

    [Fact, Trait("Invariant", "9")]
    public async Task A_customers_name_is_text_in_the_list_and_beside_the_code()
    {
        const string name = "<img src=x onerror=alert(1)> & Co";
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync(320, 240);
        await using var customer = desktop.Run(Programs.TestCustomer,
            ["--server", shop.Origin, "--organization", Shop.Slug, "--name", name, "--grant", "look"], desktop.Environment);
        var code = (await customer.LineAsync("\"code\":\"(\\d{9})\"")).Groups[1].Value;
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);

        await desk.Page.Locator("#waiting .name").WaitForAsync();
        Assert.Equal(name, await desk.Page.InnerTextAsync("#waiting .name"));
        await desk.Page.Locator("#code").PressSequentiallyAsync(code[..4]);
        Assert.StartsWith($"This is {name}, waiting", await desk.Page.InnerTextAsync("#code-message"), StringComparison.Ordinal);
        Assert.Equal(0, await desk.Page.Locator("img").CountAsync());
    }

    [Fact, Trait("Invariant", "12")]
    public async Task Typed_digits_are_in_no_storage_address_or_title()
    {
        await using var shop = await Shop.OpenAsync();
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);
        await desk.ConnectAsync("417902635");
        await desk.Page.GetByText("Nobody is waiting with this number").WaitForAsync();

        var left = await desk.Page.EvaluateAsync<string>("""
            async () => JSON.stringify([
              { ...localStorage }, { ...sessionStorage }, location.href, document.title, history.state, document.cookie, window.name,
              (await indexedDB.databases()).map(each => each.name), (await caches.keys()),
            ])
            """);
        Assert.DoesNotContain("902635", left, StringComparison.Ordinal);
        Assert.DoesNotContain("902 635", left, StringComparison.Ordinal);
        await desk.Page.ReloadAsync();
        await desk.Page.WaitForSelectorAsync("#code");
        Assert.Equal("", await desk.Page.InputValueAsync("#code"));
    }
}
