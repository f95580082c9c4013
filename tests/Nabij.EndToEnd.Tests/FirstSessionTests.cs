using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The main job: code read aloud, typed at the desk, the real desktop seen and controlled, ended by either side.</summary>
public sealed class FirstSessionTests
{
    [Fact, Trait("Kind", "Smoke")]
    public async Task Technician_sees_the_exact_desktop_and_types_into_a_real_editor()
    {
        var begin = TimeProvider.System.GetTimestamp();
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        var file = Path.Combine(desktop.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "");
        desktop.Run("dbus-run-session", "mousepad", "--disable-server", file);
        var editor = await desktop.WindowAsync("note.txt");
        await using var customer = Customer.Start(desktop, shop);
        await using var desk = await Desk.OpenAsync();
        await desk.SignInAsync(shop);

        await desk.ConnectAsync(await customer.CodeAsync());
        await desk.StateAsync("active");
        await desk.PictureEqualsAsync(desktop);
        await customer.EventAsync("granted");

        await desktop.CallAsync("xdotool", "windowactivate", "--sync", editor);
        const string text = "Hello from the desk: 1+1=2, \u20ac 5, caf\u00e9!";
        await desk.Page.Keyboard.TypeAsync(text, new() { Delay = 10 });
        await desk.Page.Keyboard.PressAsync("Control+s");
        await Until.TrueAsync(async () => (await File.ReadAllTextAsync(file)).TrimEnd('\n') == text, () => $"the text in the file; it holds '{File.ReadAllText(file)}'");
        await desk.PictureEqualsAsync(desktop);
        await desk.ShotAsync("smoke-active");

        await desk.Page.ClickAsync("#end");
        await Until.TrueAsync(() => customer.Process.HasExited, () => "the end of the customer's program");
        Assert.Equal("technician-ended", (await customer.EventAsync("ended")).GetProperty("reason").GetString());
        Assert.DoesNotContain(desk.Console, line => line.StartsWith("error", StringComparison.Ordinal));
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        await File.WriteAllTextAsync(Path.Combine(Programs.Results, "smoke.txt"),
            $"smoke: ok, {desktop.Width}x{desktop.Height} exact, {text.Length} characters typed, {seconds:F1} s\n");
    }
}
