using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;

namespace Nabij.EndToEnd.Tests;

/// <summary>The customer's program itself, downloaded through the help page and driven by its accessible names.</summary>
public sealed class HostProgramTests
{
    private const string Who = "Peter Tester of Computer shop Test";

    [Fact]
    public async Task A_whole_session_with_the_downloaded_program_leaves_nothing_behind()
    {
        Assert.SkipUnless(File.Exists(Programs.Host), "the customer's program is not published: ./dev publish --only host");
        await using var shop = await Shop.OpenAsync();
        await shop.PackageAsync(Programs.Host);
        await using var desktop = await Desktop.StartAsync();
        var home = Directory.CreateDirectory(Path.Combine(desktop.Folder, "downloads")).FullName;
        await using var desk = await Desk.OpenAsync(1700, 1000);
        var program = await DownloadAsync(shop, desk, home);
        var file = Path.Combine(desktop.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "");
        desktop.Run("dbus-run-session", "mousepad", "--disable-server", file);
        var editor = await desktop.WindowAsync("note.txt");
        var before = Traces(desktop);

        await using (var host = HostProgram.Start(desktop, program, "--language", "en"))
        {
            await AgreeAsync(host);
            await desk.SignInAsync(shop);
            var code = await host.CodeAsync();
            await desktop.ShotAsync("code-host");
            await desk.ConnectAsync(code);
            await desk.StateAsync("waiting-for-customer");
            await host.WaitAsync(Who + " asks to see your screen");
            Assert.Equal("Check number: " + (await desk.Page.InnerTextAsync("#check-number")).Trim(), await host.ReadAsync("Check number: *"));
            await host.PressAsync("Yes, Peter Tester may look");
            await desk.StateAsync("active");
            await host.WaitAsync(Who + " sees your screen");
            await desk.PictureEqualsAsync(desktop);

            await desk.Page.HoverAsync("#panel");
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for control" }).ClickAsync();
            await host.WaitAsync("Peter Tester asks to use your mouse and keyboard");
            await host.PressAsync("Yes, give control");
            await host.WaitAsync(Who + " sees your screen and uses your mouse and keyboard");
            await desktop.CallAsync("xdotool", "windowactivate", "--sync", editor);
            await desk.Page.FocusAsync("#screen");
            // The customer has just answered in a window of the program, so for two seconds nothing of the technician lands.
            await Until.TrueAsync(
                async () =>
                {
                    await desk.Page.Keyboard.PressAsync("Control+a");
                    await desk.Page.Keyboard.TypeAsync("typed from the desk", new() { Delay = 10 });
                    await desk.Page.Keyboard.PressAsync("Control+s");
                    return (await File.ReadAllTextAsync(file)).Contains("typed from the desk", StringComparison.Ordinal);
                },
                () => "the text in the file");

            await desk.Page.HoverAsync("#panel");
            await desk.ShotAsync("session-desk");
            await desktop.ShotAsync("session-host");
            await host.PressAsync("Stop: the technician sees nothing any more and can do nothing");
            await desk.StateAsync("stopped");
            await host.PressAsync("Go on");
            await desk.StateAsync("active");
            await desk.PictureEqualsAsync(desktop);

            await desk.Page.ClickAsync("#end");
            await host.WaitAsync("Peter Tester ended the help.");
            await host.PressAsync("Close");
            Assert.Equal(0, await host.ExitCodeAsync());
        }

        Assert.Equal(before, Traces(desktop));
        Assert.Equal([program], Directory.GetFiles(home));
    }

    [Fact]
    public async Task A_wrong_code_is_told_to_the_customer_with_new_digits()
    {
        Assert.SkipUnless(File.Exists(Programs.Host), "the customer's program is not published: ./dev publish --only host");
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        await using var desk = await Desk.OpenAsync();
        await using var host = HostProgram.Start(desktop, Programs.Host, "--server", shop.Origin, "--organization", Shop.Slug, "--language", "en");
        await host.WaitAsync("UNVERIFIED*");
        await host.PressAsync("This is the right shop");
        await AgreeAsync(host);
        var code = await host.CodeAsync();
        await desk.SignInAsync(shop);
        await desk.ConnectAsync(code[..3] + (code[3..] == "000000" ? "000001" : "000000"));
        await host.WaitAsync("Someone entered a wrong code. Nobody has seen your screen.*");
        var next = await host.CodeAsync();
        Assert.Equal(code[..3], next[..3]);
        Assert.NotEqual(code, next);
        await host.PressAsync("Close");
        Assert.Equal(0, await host.ExitCodeAsync());
    }

    internal static async Task AgreeAsync(HostProgram host)
    {
        await host.WaitAsync("Did you contact Computer shop Test yourself?");
        await host.PressAsync("Yes, I contacted them");
        await host.PressAsync("I have read the terms of Computer shop Test and I agree");
        await host.PressAsync("I have read the licence of this program and I agree");
        await host.PressAsync("Yes, I have a recent backup");
        await host.TypeAsync("Your name*", "Mrs. Jansen");
        await host.PressAsync("Continue");
    }

    private static async Task<string> DownloadAsync(Shop shop, Desk desk, string folder)
    {
        var page = await desk.Context.NewPageAsync();
        await page.GotoAsync($"{shop.Origin}/?lang=en");
        await page.CheckAsync("#accept input[name=terms]");
        await page.CheckAsync("#accept input[name=licence]");
        await page.CheckAsync("#accept input[name=backup][value=yes]");
        await page.ClickAsync("#accept button[type=submit]");
        var waiting = page.WaitForDownloadAsync();
        await page.ClickAsync("#download");
        var download = await waiting;
        var path = Path.Combine(folder, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        await page.CloseAsync();
        await ChildProcess.RunAsync("chmod", ["+x", path]);
        return path;
    }

    // Files of the customer's own, sockets of the runtime, and abstract sockets of the program's.
    private static List<string> Traces(Desktop desktop) =>
    [
        .. Directory.EnumerateFiles(desktop.Folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("Xvfb", StringComparison.Ordinal) && !path.Contains("mousepad", StringComparison.OrdinalIgnoreCase)
                && !path.Contains("at-spi", StringComparison.Ordinal) && !path.Contains("dconf", StringComparison.Ordinal)
                && !path.Contains("xfce", StringComparison.OrdinalIgnoreCase) && !path.Contains("recently-used", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
        .. File.ReadLines("/proc/net/unix").Where(line => line.EndsWith($"@nabij-{0}-{desktop.Display}", StringComparison.Ordinal)),
    ];
}
