using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The technician's pointer on the real desktop.</summary>
public sealed class PointerTests
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(900, 700)]
    public async Task A_click_lands_on_the_pixel_under_the_technicians_pointer(int viewportWidth, int viewportHeight)
    {
        await using var stage = await Session.StartAsync();
        await stage.Desk.Page.SetViewportSizeAsync(viewportWidth, viewportHeight);
        var events = stage.Desktop.Run("stdbuf", "-oL", "xev", "-geometry", "1270x760+0+0", "-event", "button");
        await stage.Desktop.WindowAsync("Event Tester");
        await stage.Desk.PictureEqualsAsync(stage.Desktop);

        var box = (await stage.Desk.Page.Locator("#screen").BoundingBoxAsync())!;
        foreach (var (x, y) in new[] { (400, 300), (401, 300), (1000, 655) })
        {
            // The middle of the host's pixel, in the page's own units.
            await stage.Desk.Page.Mouse.ClickAsync((float)(box.X + (x + 0.5) * box.Width / stage.Desktop.Width), (float)(box.Y + (y + 0.5) * box.Height / stage.Desktop.Height));
            await events.LineAsync($@"root:\({x},{y}\)");
        }
    }
}
