using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Several people in one session, in browsers, on a real desktop.</summary>
public sealed class ParticipantsTests
{
    [Fact]
    public async Task A_technician_hands_over_to_a_colleague_by_a_code_that_only_the_two_and_the_customer_see()
    {
        await using var stage = await Session.StartAsync();
        var page = stage.Desk.Page;
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.ClickAsync("#people > button:has-text('Invite a colleague')");
        await page.FillAsync("#people form input >> nth=0", "Marie <b>");
        await page.CheckAsync("#people form input[type=checkbox]");
        await page.ClickAsync("#people form button[type=submit]");
        var asked = await stage.Customer.EventAsync("invite-asked");
        Assert.Equal(("Marie <b>", "TakeOver"), (asked.GetProperty("name").GetString(), asked.GetProperty("purpose").GetString()));
        await page.Locator(".people-code:visible").WaitForAsync();
        var code = (await page.InnerTextAsync(".people-code")).Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal((await stage.Customer.EventAsync("invite-code")).GetProperty("code").GetString(), code);
        Assert.DoesNotContain(code[3..], stage.Shop.LogSoFar, StringComparison.Ordinal);
        await stage.Desk.ShotAsync("people-code-en");

        await using var second = await Desk.OpenAsync();
        await second.SignInAsync(stage.Shop);
        await second.ConnectAsync(code);
        await second.StateAsync("active");
        await second.PictureEqualsAsync(stage.Desktop);
        await page.Locator("#people li").Nth(1).WaitForAsync();

        // By keys alone: the panel comes out on the question for control, and its own key takes mouse and keyboard over.
        var mark = page.Locator("#people li").Nth(1).Locator(".mark", new() { HasTextString = "has mouse and keyboard" });
        Assert.Equal(0, await mark.CountAsync());
        await second.Page.Keyboard.PressAsync("Control+Alt+Home");
        await second.Page.Keyboard.PressAsync("Enter");
        await second.Page.Locator("#people > button.primary:not([hidden])").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await second.Page.Keyboard.PressAsync("Control+Alt+Shift+F12");
        await mark.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await stage.Desk.ShotAsync("people-two-en");

        await page.ClickAsync("#end");
        await second.Page.Locator("#people li").Nth(1).WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.Equal(1, (await stage.Customer.EventAsync("left")).GetProperty("person").GetInt32());
        await second.StateAsync("active");
    }

    [Fact]
    public async Task A_relative_watches_on_a_phone_and_stops_the_session()
    {
        await using var stage = await Session.StartAsync();
        await stage.Customer.DoAsync("invite-relative Anna");
        var code = (await stage.Customer.EventAsync("invite-code")).GetProperty("code").GetString()!;

        await using var phone = await Desk.OpenAsync(390, 780, "nl-NL");
        await phone.Page.GotoAsync($"{stage.Shop.Origin}/o/{Shop.Slug}/watch");
        await phone.ShotAsync("watch-nl");
        await phone.Page.FillAsync("#code", code);
        await phone.Page.CheckAsync("#agree");
        await phone.Page.ClickAsync("#watch button[type=submit]");
        await phone.Page.Locator(".watching .stop:enabled").WaitForAsync();
        await stage.Customer.DoAsync("say Goedemiddag");
        await phone.Page.Locator(".heard li", new() { HasTextString = "Goedemiddag" }).WaitForAsync();
        await phone.ShotAsync("watch-session-nl");

        Assert.True(await phone.Page.EvaluateAsync<bool>("() => document.querySelector('main').inert"));

        await phone.Page.ClickAsync(".watching .stop");
        Assert.Equal("Anna", (await stage.Customer.EventAsync("halted")).GetProperty("name").GetString());
        await stage.Desk.StateAsync("stopped");
        await phone.Page.Locator(".watching .status", new() { HasTextString = "Gestopt" }).WaitForAsync();
        await phone.Page.ClickAsync(".watching .leave");
        await phone.Page.Locator("#watch-message", new() { HasTextString = "weggegaan" }).WaitForAsync();
        Assert.Empty(phone.Console);
    }
}
