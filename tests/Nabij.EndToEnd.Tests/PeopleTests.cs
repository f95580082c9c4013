using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The people pages in a real browser: a link's secret, passkeys, and a console without complaints.</summary>
public sealed class PeopleTests
{
    [Fact]
    public async Task An_invited_technician_reaches_the_desk_and_the_secret_leaves_the_address()
    {
        await using var shop = await Shop.OpenAsync();
        await using var owner = await Desk.OpenAsync();
        await owner.SignInAsync(shop);
        await owner.Page.GotoAsync($"{shop.Origin}/people/new");
        await owner.Page.FillAsync("#name", "Anna");
        await owner.Page.FillAsync("#email", "anna@example.test");
        await owner.Page.ClickAsync("#new-person button[type=submit]");
        var link = await owner.Page.InputValueAsync("#link");

        await using var anna = await Desk.OpenAsync(locale: "nl-NL");
        await anna.Page.GotoAsync(link);
        await anna.Page.WaitForFunctionAsync("document.querySelector('#link').value.length > 20");
        Assert.Equal($"{shop.Origin}/invitation", anna.Page.Url);
        await anna.Page.ClickAsync("#invitation button[type=submit]");
        await anna.Page.FillAsync("#password", "seven quiet lamps 31");
        await anna.Page.ClickAsync("#new-password button[type=submit]");
        await anna.Page.WaitForSelectorAsync("#code");

        Assert.Empty(anna.Console);
        Assert.DoesNotContain(link.Split('#')[1], shop.LogSoFar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_of_a_real_browser_is_added_signs_in_confirms_and_says_what_went_wrong()
    {
        await using var shop = await Shop.OpenAsync();
        await using var owner = await Desk.OpenAsync();
        var browser = await owner.Context.NewCDPSessionAsync(owner.Page);
        await browser.SendAsync("WebAuthn.enable");
        var made = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        var authenticator = made?.GetProperty("authenticatorId").GetString() ?? "";
        await owner.SignInAsync(shop);

        await owner.Page.GotoAsync($"{shop.Origin}/account");
        await owner.Page.FillAsync("#passkey-name", "blue key");
        await owner.Page.PressAsync("#passkey-name", "Enter");
        await owner.Page.WaitForSelectorAsync(".codes li");
        await owner.Page.GotoAsync($"{shop.Origin}/account");
        Assert.Contains("blue key", await owner.Page.InnerTextAsync("#passkeys"), StringComparison.Ordinal);
        await owner.Page.ClickAsync("#add-passkey button");
        await owner.Page.WaitForSelectorAsync("#add-passkey [role=alert]:not([hidden])");
        Assert.Contains("already has a passkey", await owner.Page.InnerTextAsync("#add-passkey [role=alert]"), StringComparison.Ordinal);

        await owner.Page.GotoAsync($"{shop.Origin}/confirm?return=%2Fpeople%2Fways");
        await owner.Page.ClickAsync("#passkey button");
        await owner.Page.WaitForURLAsync("**/people/ways");
        await owner.Page.ClickAsync("#sign-out button");
        await owner.Page.WaitForURLAsync("**/sign-in**");
        await SetVerifiedAsync(false);
        await owner.Page.ClickAsync("#passkey button");
        await owner.Page.WaitForSelectorAsync("#passkey [role=alert]:not([hidden])");
        Assert.Contains("No passkey was used", await owner.Page.InnerTextAsync("#passkey [role=alert]"), StringComparison.Ordinal);
        await SetVerifiedAsync(true);
        await owner.Page.FocusAsync("#passkey button");
        await owner.Page.Keyboard.PressAsync("Enter");
        await owner.Page.WaitForSelectorAsync("#code");

        Assert.DoesNotContain(owner.Console, line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("warning", StringComparison.Ordinal));

        Task SetVerifiedAsync(bool isVerified) => browser.SendAsync(
            "WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = authenticator, ["isUserVerified"] = isVerified });
    }

    [Fact]
    public async Task Without_scripts_a_link_is_pasted()
    {
        await using var shop = await Shop.OpenAsync();
        await using var owner = await Desk.OpenAsync();
        await owner.SignInAsync(shop);
        await owner.Page.GotoAsync($"{shop.Origin}/people/new");
        await owner.Page.FillAsync("#name", "Bram");
        await owner.Page.FillAsync("#email", "bram@example.test");
        await owner.Page.ClickAsync("#new-person button[type=submit]");
        var link = await owner.Page.InputValueAsync("#link");

        var context = await owner.Page.Context.Browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{shop.Origin}/invitation");
        await page.FillAsync("#link", link);
        await page.ClickAsync("#invitation button[type=submit]");

        Assert.Equal("bram@example.test", await page.InputValueAsync("#email"));
    }
}
