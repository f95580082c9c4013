using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The waiting room before two technicians at once.</summary>
public sealed class WaitingRoomTests
{
    [Fact]
    public async Task A_colleague_sees_who_comes_and_who_has_taken_them_and_takes_over_only_by_saying_so()
    {
        await using var shop = await Shop.OpenAsync();
        await using var peter = await Desk.OpenAsync();
        await peter.SignInAsync(shop);
        await peter.Page.GetByText("Nobody is waiting.").WaitForAsync();
        await using var anna = await ColleagueAsync(shop, peter);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Geluid: uit" }).ClickAsync();

        await using var desktop = await Desktop.StartAsync(320, 240);
        await using var customer = Customer.Start(desktop, shop, "look", "--name", "Mevrouw <i>Jansen</i>");
        var code = await customer.CodeAsync();
        var row = anna.Page.Locator("#waiting li");
        await row.GetByText("Mevrouw <i>Jansen</i>", new() { Exact = true }).WaitForAsync();
        await anna.Page.Locator(".announcer", new() { HasText = "Mevrouw <i>Jansen</i> wacht." }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.StartsWith("(1) ", await anna.Page.TitleAsync(), StringComparison.Ordinal);

        await peter.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^I take this one: Mevrouw") }).ClickAsync();
        await Assertions.Expect(peter.Page.Locator("#code")).ToHaveValueAsync($"{code[..3]} ");
        await row.GetByText($"Genomen door {Shop.TechnicianName}").WaitForAsync();
        await anna.ConnectAsync(code);
        await anna.Page.GetByText($"{Shop.TechnicianName} heeft deze klant genomen.").WaitForAsync();
        await anna.ShotAsync("desk-claimed-nl");

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Overnemen van") }).ClickAsync();
        await peter.Page.GetByText("Taken by Anna").WaitForAsync();
        await anna.ConnectAsync(code);
        await anna.StateAsync("active");
        await peter.Page.GetByText("Nobody is waiting.").WaitForAsync();
        Assert.DoesNotContain(peter.Console.Concat(anna.Console), line => line.StartsWith("error", StringComparison.Ordinal) && !line.Contains("409", StringComparison.Ordinal));
    }

    /// <summary>Invites a second technician, and opens her desk.</summary>
    private static async Task<Desk> ColleagueAsync(Shop shop, Desk owner)
    {
        var page = await owner.Context.NewPageAsync();
        await page.GotoAsync($"{shop.Origin}/people/new");
        await page.FillAsync("#name", "Anna");
        await page.FillAsync("#email", "anna@example.test");
        await page.ClickAsync("#new-person button[type=submit]");
        var link = await page.InputValueAsync("#link");
        await page.CloseAsync();
        var anna = await Desk.OpenAsync(locale: "nl-NL");
        await anna.Page.GotoAsync(link);
        await anna.Page.WaitForFunctionAsync("document.querySelector('#link').value.length > 20");
        await anna.Page.ClickAsync("#invitation button[type=submit]");
        await anna.Page.FillAsync("#password", "seven quiet lamps 31");
        await anna.Page.ClickAsync("#new-password button[type=submit]");
        await anna.Page.WaitForSelectorAsync("#code");
        return anna;
    }
}
