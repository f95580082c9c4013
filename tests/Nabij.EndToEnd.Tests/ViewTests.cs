using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>How the technician looks at the picture: sizes, displays, full screen, figures. Clicks stay exact whatever is chosen.</summary>
public sealed class ViewTests
{
    /// <summary>Two displays side by side on a desktop of 1280x800; what belongs to none would be shown black.</summary>
    private static async Task TwoDisplaysAsync(Desktop desktop)
    {
        await desktop.CallAsync("xrandr", "--setmonitor", "Laptop", "700/185x800/212+0+0", "screen");
        await desktop.CallAsync("xrandr", "--setmonitor", "Beamer", "580/153x800/212+700+0", "none");
    }

    private static async Task<ChildProcess> TesterAsync(Desktop desktop)
    {
        var events = desktop.Run("stdbuf", "-oL", "xev", "-geometry", "1270x760+0+0", "-event", "button");
        await desktop.WindowAsync("Event Tester");
        return events;
    }

    /// <summary>Clicks the middle of a host pixel, wherever the page shows it, and waits until the desktop saw it there.</summary>
    private static async Task ClickAsync(Session stage, ChildProcess events, int x, int y)
    {
        var box = (await stage.Desk.Page.Locator("#screen").BoundingBoxAsync())!;
        await stage.Desk.Page.Mouse.ClickAsync((float)(box.X + (x + 0.5) * box.Width / stage.Desktop.Width), (float)(box.Y + (y + 0.5) * box.Height / stage.Desktop.Height));
        await events.LineAsync($@"root:\({x},{y}\)");
    }

    private static Task<double> ScaleAsync(IPage page) =>
        page.EvaluateAsync<double>("() => { const c = document.querySelector('#screen'); return c.getBoundingClientRect().width / c.width; }");

    [Fact]
    public async Task A_zoomed_picture_keeps_the_point_under_the_pointer_and_takes_clicks_on_the_right_pixel()
    {
        await using var stage = await Session.StartAsync();
        var page = stage.Desk.Page;
        await page.SetViewportSizeAsync(900, 700);
        var events = await TesterAsync(stage.Desktop);
        await stage.Desk.PictureEqualsAsync(stage.Desktop);

        // Zoom about a point, there and back: what is under the pointer stays there.
        await page.Mouse.MoveAsync(450, 350);
        var before = await HostPointAsync(450, 350);
        await page.Keyboard.DownAsync("Control");
        await page.Keyboard.DownAsync("Alt");
        for (var i = 0; i < 6; i++) await page.Mouse.WheelAsync(0, -120);
        await Until.TrueAsync(async () => await ScaleAsync(page) > 2, () => "a larger picture");
        var during = await HostPointAsync(450, 350);
        Assert.True(Math.Abs(before.X - during.X) <= 1 && Math.Abs(before.Y - during.Y) <= 1, $"{before} became {during}");
        await page.Keyboard.UpAsync("Alt");
        await page.Keyboard.UpAsync("Control");
        await stage.Desk.ShotAsync("view-zoomed");
        foreach (var (dx, dy) in new[] { (0, 0), (7, -3), (-40, 25) }) await ClickAsync(stage, events, (int)during.X + dx, (int)during.Y + dy);

        // By the keyboard: 1:1, larger steps, and fit again.
        await page.Keyboard.PressAsync("Control+Alt+End");
        Assert.Equal(900.0 / 1280, await ScaleAsync(page), 3);
        await page.Keyboard.PressAsync("Control+Alt+End");
        Assert.Equal(1, await ScaleAsync(page), 6);
        await page.Keyboard.PressAsync("Control+Alt+PageUp");
        Assert.Equal(1.25, await ScaleAsync(page), 6);
        await page.Keyboard.PressAsync("Control+Alt+PageUp");
        await page.Keyboard.PressAsync("Control+Alt+PageUp");
        Assert.Equal(2, await ScaleAsync(page), 6);
        Assert.Equal("pixelated", await page.EvaluateAsync<string>("() => document.querySelector('#screen').style.imageRendering"));
        await ClickAsync(stage, events, (int)during.X + 3, (int)during.Y + 3);

        async Task<(double X, double Y)> HostPointAsync(double x, double y)
        {
            var box = (await page.Locator("#screen").BoundingBoxAsync())!;
            return ((x - box.X) * stage.Desktop.Width / box.Width, (y - box.Y) * stage.Desktop.Height / box.Height);
        }
    }

    [Fact]
    public async Task Control_with_the_wheel_goes_to_the_customers_program_and_not_to_the_zoom()
    {
        await using var stage = await Session.StartAsync();
        var events = await TesterAsync(stage.Desktop);
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        await ClickAsync(stage, events, 300, 300);
        await stage.Desk.Page.Keyboard.DownAsync("Control");
        await stage.Desk.Page.Mouse.WheelAsync(0, 120);
        // Button 5 is the wheel; state 0x4 is Control.
        await events.LineAsync("state 0x4, button 5");
        await stage.Desk.Page.Keyboard.UpAsync("Control");
        Assert.Equal(1, await ScaleAsync(stage.Desk.Page), 6);
    }

    [Theory]
    [InlineData("en-US", "Screen 2: Beamer, 580 × 800", "All screens")]
    [InlineData("nl-NL", "Scherm 2: Beamer, 580 × 800", "Alle schermen")]
    public async Task One_of_two_displays_is_shown_alone_with_clicks_where_they_belong(string locale, string second, string all)
    {
        await using var stage = await Session.StartAsync(locale: locale, prepare: TwoDisplaysAsync);
        var page = stage.Desk.Page;
        var events = await TesterAsync(stage.Desktop);
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = second }).ClickAsync();
        await stage.Desk.ShotAsync($"view-displays-{locale[..2]}");

        var clip = (await page.Locator(".clip").BoundingBoxAsync())!;
        Assert.Equal((580, 800), ((int)clip.Width, (int)clip.Height));
        await page.Mouse.MoveAsync(1200, 750);
        await ClickAsync(stage, events, 705, 104);
        await ClickAsync(stage, events, 1270, 590);
        // Beside the display nothing of the customer's is clicked.
        await stage.Desk.PictureEqualsAsync(stage.Desktop);

        await page.Keyboard.PressAsync("Control+Alt+Shift+PageDown");
        Assert.Equal("true", await page.GetByRole(AriaRole.Button, new() { Name = all }).GetAttributeAsync("aria-pressed"));
        await ClickAsync(stage, events, 20, 400);
    }

    [Fact]
    public async Task A_screen_that_changes_its_size_is_exact_again_takes_clicks_and_never_flashes_black()
    {
        await using var stage = await Session.StartAsync(resizable: true);
        var page = stage.Desk.Page;
        var events = await TesterAsync(stage.Desktop);
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        // What stands at one pixel once the canvas has its new size, before any update can have come.
        await page.EvaluateAsync("""
            () => {
              window.seen = [];
              const canvas = document.querySelector('#screen');
              const { get, set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'height');
              const look = () => seen.push(canvas.getContext('2d').getImageData(400, 300, 1, 1).data.join());
              Object.defineProperty(canvas, 'height', { get() { return get.call(this); }, set(value) { set.call(this, value); queueMicrotask(look); } });
            }
            """);
        foreach (var (width, height) in new[] { (1024, 768), (1600, 1200), (1280, 800) })
        {
            await stage.Desktop.ResizeAsync(width, height);
            await page.WaitForFunctionAsync("width => document.querySelector('#screen').width === width", width);
            // A click before the new screen was presented is dropped: it was meant for what stood there before.
            await stage.Desk.PictureEqualsAsync(stage.Desktop);
            await ClickAsync(stage, events, width / 2, height / 2 - 1);
        }

        Assert.Equal(["255,255,255,255", "255,255,255,255", "255,255,255,255"], await page.EvaluateAsync<string[]>("() => seen"));
    }

    [Fact]
    public async Task Full_screen_says_how_to_leave_and_leaves_by_the_keyboard_and_by_the_panel()
    {
        await using var stage = await Session.StartAsync();
        var page = stage.Desk.Page;
        await page.Keyboard.PressAsync("Control+Alt+Enter");
        await FullScreenAsync(true);
        var toast = page.Locator(".toast.is-shown");
        await toast.GetByText("Ctrl+Alt+Enter").WaitForAsync();
        Assert.Equal("status", await toast.GetAttributeAsync("role"));
        await stage.Desk.ShotAsync("view-full-screen");
        await page.Keyboard.PressAsync("Control+Alt+Enter");
        await FullScreenAsync(false);

        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = "Full screen", Exact = true }).ClickAsync();
        await FullScreenAsync(true);
        await page.Keyboard.PressAsync("Control+Alt+Home");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave full screen" }).ClickAsync();
        await FullScreenAsync(false);

        Task FullScreenAsync(bool on) => page.WaitForFunctionAsync("on => (document.fullscreenElement !== null) === on", on);
    }

    [Fact]
    public async Task The_figures_show_how_the_picture_comes_and_take_nothing_from_it()
    {
        await using var stage = await Session.StartAsync();
        var page = stage.Desk.Page;
        stage.Desktop.Run("xterm", "-geometry", "80x24+100+100");
        var window = await stage.Desktop.WindowAsync("xterm");
        await stage.Desktop.CallAsync("xdotool", "windowactivate", "--sync", window);
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        await page.Keyboard.PressAsync("Control+Alt+Shift+Home");
        var figures = page.Locator(".figures");
        await figures.WaitForAsync();
        Assert.Equal("true", await figures.GetAttributeAsync("aria-hidden"));

        foreach (var name in new[] { "echo", "input", "roundTrip", "arrival", "decode", "paint", "framesPerSecond", "kilobytesPerSecond" })
        {
            await Until.TrueAsync(async () =>
            {
                await page.Keyboard.TypeAsync("ls", new() { Delay = 30 });
                return System.Text.RegularExpressions.Regex.IsMatch(await page.Locator($".figures [data-figure={name}]").InnerTextAsync(), @"^\d+(\.\d)?(/s| kB/s| ms)$");
            }, () => $"the figure {name}");
        }

        await stage.Desk.ShotAsync("view-figures");
        // In words for a screen reader, in the panel.
        Assert.Contains("kB/s", await page.Locator("#panel .view-section").InnerTextAsync());
        await stage.Desk.PictureEqualsAsync(stage.Desktop);
        await page.Keyboard.PressAsync("Control+Alt+Shift+Home");
        await figures.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain(stage.Desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));
    }
}
