using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>Pointing and drawing from a browser on the customer's real desktop.</summary>
public sealed class DrawingTests
{
    private const int Drawn = 0xC2255C;

    [Theory]
    [InlineData("en-US", "Point", "Pen", "Arrow", "Clear all", "Leave what I draw", "Done", "You point.")]
    [InlineData("nl-NL", "Aanwijzen", "Pen", "Pijl", "Alles weghalen", "Laten staan wat ik teken", "Klaar", "U wijst aan.")]
    public async Task What_the_technician_draws_stands_on_the_customers_desktop_and_presses_nothing(
        string locale, string point, string pen, string arrow, string clear, string keep, string done, string said)
    {
        await using var stage = await Session.StartAsync("look,control,point", locale);
        var (page, desktop) = (stage.Desk.Page, stage.Desktop);
        var events = desktop.Run("stdbuf", "-oL", "xev", "-geometry", "1270x760+0+0", "-event", "button");
        await desktop.WindowAsync("Event Tester");
        await stage.Desk.PictureEqualsAsync(desktop);

        // Everything was granted at once; choosing a tool asks nothing more.
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.Locator("#panel").EvaluateAsync("panel => Promise.all(panel.getAnimations().map(one => one.finished))");
        await stage.Desk.ShotAsync($"drawing-panel-{locale[..2]}");
        await page.GetByRole(AriaRole.Button, new() { Name = point, Exact = true }).ClickAsync();
        await page.Locator(".drawing-note", new() { HasTextString = said }).WaitForAsync();
        await MoveAsync(page, desktop, 600, 300);
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        await IsAsync(desktop, 620, 300, Drawn);
        await stage.Desk.PictureEqualsAsync(desktop);
        await stage.Desk.ShotAsync($"drawing-point-{locale[..2]}");

        // A line and an arrow, which stay.
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByLabel(keep).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = pen, Exact = true }).ClickAsync();
        await DragAsync(page, desktop, (500, 200), (620, 240), (700, 200));
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = arrow, Exact = true }).ClickAsync();
        await DragAsync(page, desktop, (900, 500), (800, 400), (700, 400));
        await IsAsync(desktop, 620, 240, Drawn);
        await IsAsync(desktop, 800, 450, Drawn);
        await MoveAsync(page, desktop, 640, 600);
        await stage.Desk.PictureEqualsAsync(desktop);
        await stage.Desk.ShotAsync($"drawing-marks-{locale[..2]}");
        await desktop.ShotAsync($"drawing-desktop-{locale[..2]}");

        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = clear, Exact = true }).ClickAsync();
        await IsNotAsync(desktop, 620, 240, Drawn);
        await IsNotAsync(desktop, 800, 450, Drawn);

        // With the tool put away the mouse clicks again; nothing of what was drawn has.
        await page.GetByRole(AriaRole.Button, new() { Name = done, Exact = true }).ClickAsync();
        await page.Locator(".drawing-note").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await MoveAsync(page, desktop, 601, 333);
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        await events.LineAsync(@"root:\(601,333\)");
        Assert.DoesNotContain(events.Lines, line => line.Contains("root:(600,300)", StringComparison.Ordinal));
        Assert.Empty(stage.Desk.Console);
    }

    [Fact]
    public async Task Choosing_a_tool_asks_the_customer_and_Stop_takes_everything_away()
    {
        await using var stage = await Session.StartAsync("look");
        var (page, desktop) = (stage.Desk.Page, stage.Desktop);
        await stage.Desk.PictureEqualsAsync(desktop);
        await page.Keyboard.PressAsync("Control+Alt+Insert");
        Assert.Equal("point", (await stage.Customer.EventAsync("asked")).GetProperty("permissions")[0].GetString());
        Assert.True(await page.Locator(".drawing-note").IsHiddenAsync());
        // The customer said no, and thinks better of it.
        await stage.Customer.DoAsync("grant point");
        await page.GetByText("You may: look, point").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("Control+Alt+Insert");
        await page.Locator(".drawing-note").WaitForAsync();

        // By keys alone: the spot begins in the middle and moves with the arrows.
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await IsAsync(desktop, 640 - 60 + 20, 400, Drawn);
        await stage.Customer.DoAsync("stop");
        await stage.Desk.StateAsync("stopped");
        await IsNotAsync(desktop, 640 - 60 + 20, 400, Drawn);
        await stage.Customer.DoAsync("go-on");
        await stage.Desk.StateAsync("active");
        Assert.True(await page.Locator(".drawing-note").IsHiddenAsync());
        await page.Keyboard.PressAsync("Control+Alt+Insert");
        await page.Keyboard.PressAsync("ArrowDown");
        await IsAsync(desktop, 640 + 20, 410, Drawn);
        await page.Keyboard.PressAsync("Escape");
        await IsNotAsync(desktop, 640 + 20, 410, Drawn);
        await page.Locator(".drawing-note").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Empty(stage.Desk.Console);
    }

    // The middle of the host's pixel, in the page's own units.
    private static async Task MoveAsync(IPage page, Desktop desktop, int x, int y)
    {
        var box = (await page.Locator("#screen").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync((float)(box.X + (x + 0.5) * box.Width / desktop.Width), (float)(box.Y + (y + 0.5) * box.Height / desktop.Height));
    }

    private static async Task DragAsync(IPage page, Desktop desktop, params (int X, int Y)[] way)
    {
        await MoveAsync(page, desktop, way[0].X, way[0].Y);
        await page.Mouse.DownAsync();
        foreach (var (x, y) in way[1..]) await MoveAsync(page, desktop, x, y);
        await page.Mouse.UpAsync();
    }

    private static Task IsAsync(Desktop desktop, int x, int y, int color) =>
        Until.TrueAsync(async () => ColorAt(await desktop.FramebufferAsync(), desktop, x, y) == color, () => $"{color:X6} at {x}, {y}");

    private static Task IsNotAsync(Desktop desktop, int x, int y, int color) =>
        Until.TrueAsync(async () => ColorAt(await desktop.FramebufferAsync(), desktop, x, y) != color, () => $"no {color:X6} at {x}, {y}");

    private static int ColorAt(byte[] pixels, Desktop desktop, int x, int y)
    {
        var at = (y * desktop.Width + x) * 3;
        return pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
    }
}
