using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;
using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests;

/// <summary>Files between a browser and the customer's program itself, whose windows are used as a screen reader uses them.</summary>
public sealed class HostFileTests
{
    private const int Mebibyte = 1_048_576;

    [Fact]
    public async Task The_customer_is_asked_for_each_direction_and_for_each_choice_and_files_arrive_as_they_were()
    {
        Assert.SkipUnless(File.Exists(Programs.Host), "the customer's program is not published: ./dev publish --only host");
        await using var shop = await Shop.OpenAsync();
        await using var desktop = await Desktop.StartAsync();
        var downloads = Directory.CreateDirectory(Path.Combine(desktop.Folder, "Downloads")).FullName;
        using var mine = new TemporaryFolder();
        await using var desk = await Desk.OpenAsync();
        await using var host = await ConnectedAsync(shop, desktop, desk);

        // Up: the permission first, then this file.
        var tool = Write(Path.Combine(mine.Path, "printer driver.bin"), 3 * Mebibyte);
        await desk.Page.Keyboard.PressAsync("Control+Alt+Shift+End");
        await desk.Page.Locator("#files input[type=file]").First.SetInputFilesAsync(tool);
        await host.WaitAsync("Peter Tester wants to send you files");
        await desk.Page.Locator("#files .hint", new() { HasTextString = "Asked." }).WaitForAsync();
        await host.PressAsync("Yes, files may be offered");
        await host.WaitAsync("Peter Tester wants to send you a file");
        await desktop.ShotAsync("files-offer-host");
        await host.PressAsync("Yes, take them");
        await EndedAsync(desk, "printer driver.bin");
        Assert.Equal(FileStage.HashOf(tool), FileStage.HashOf(Assert.Single(Directory.GetFiles(downloads, "*", SearchOption.AllDirectories))));

        // Down: asked for in words, chosen in the system's own dialog.
        var photo = Write(Path.Combine(desktop.Folder, "photo.jpg"), 2 * Mebibyte);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Get files…" }).ClickAsync();
        await desk.Page.FillAsync("#file-request", "the photo of the error");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the customer" }).ClickAsync();
        await host.WaitAsync("Peter Tester wants to get files of yours");
        await host.PressAsync("Yes, I pick files myself");
        await host.WaitAsync("Peter Tester asks for a file of yours");
        await desktop.ShotAsync("files-request-host");
        await PickAsync(host, desktop, photo);
        await host.PressAsync("Yes, send");
        var save = desk.Page.GetByRole(AriaRole.Button, new() { Name = "Save to downloads" });
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        Assert.Equal(FileStage.HashOf(photo), FileStage.HashOf(await download.PathAsync()));
        await EndedAsync(desk, "photo.jpg");

        // Stop, and let what is on its way finish: the technician is told, sees nothing, and the session ends by itself.
        var image = Write(Path.Combine(mine.Path, "image.iso"), 200 * Mebibyte);
        await desk.Page.Locator("#files input[type=file]").First.SetInputFilesAsync(image);
        await host.WaitAsync("Peter Tester wants to send you a file");
        await host.PressAsync("Yes, take them");
        await desk.Page.Locator("#files li[data-stage=moving]").WaitForAsync();
        await host.PressAsync("Stop: the technician sees nothing any more and can do nothing");
        await desk.StateAsync("stopped");
        await host.PressAsync("Let the copying finish unseen");
        await desk.Page.Locator("#status", new() { HasTextString = "lets the copying finish" }).WaitForAsync();
        await desk.ShotAsync("files-finishing-en");
        await desktop.ShotAsync("files-finishing-host");
        await Until.TrueAsync(async () => await desk.Page.Locator("#status[data-state=ended]").CountAsync() > 0, () => "the end behind the last file", TimeSpan.FromMinutes(2));
        Assert.Equal(FileStage.HashOf(image), FileStage.HashOf(Directory.GetFiles(downloads, "image.iso", SearchOption.AllDirectories).Single()));
        Assert.Contains("Files that arrived: 3.", await desk.Page.InnerTextAsync(".notice"), StringComparison.Ordinal);
        Assert.Empty(desk.Console);
    }

    private static async Task<HostProgram> ConnectedAsync(Shop shop, Desktop desktop, Desk desk)
    {
        var host = HostProgram.Start(desktop, Programs.Host, "--server", shop.Origin, "--organization", Shop.Slug, "--language", "en");
        await host.WaitAsync("UNVERIFIED*");
        await host.PressAsync("This is the right shop");
        await HostProgramTests.AgreeAsync(host);
        await desk.SignInAsync(shop);
        await desk.ConnectAsync(await host.CodeAsync());
        await host.PressAsync("Yes, Peter Tester may look");
        await desk.StateAsync("active");
        return host;
    }

    // The system's dialog has no name of its own: it is the window that comes to the front. A path that is typed into it opens
    // its field for one.
    private static async Task PickAsync(HostProgram host, Desktop desktop, string path)
    {
        var before = await FrontAsync(desktop);
        await host.PressAsync("Send files…");
        await Until.TrueAsync(async () => await FrontAsync(desktop) is { Length: > 0 } now && now != before, () => "the system's dialog");
        await desktop.CallAsync("xdotool", "type", "--delay", "40", path);
        await desktop.CallAsync("xdotool", "key", "Return");
        // While the system's dialog is open, the program answers no screen reader.
        await Until.TrueAsync(async () => await FrontAsync(desktop) is { Length: > 0 } now && now == before, () => "the program's own window again");
    }

    private static async Task<string> FrontAsync(Desktop desktop)
    {
        try { return await desktop.CallAsync("xdotool", "getactivewindow"); }
        catch (InvalidOperationException) { return ""; }
    }

    private static Task EndedAsync(Desk desk, string name) =>
        desk.Page.Locator("#files .file-list li[data-stage='ended']", new() { HasTextString = name }).WaitForAsync(new() { Timeout = 60_000 });

    private static string Write(string path, int bytes)
    {
        var content = new byte[bytes];
        new SeededRandom((ulong)bytes).Fill(content);
        File.WriteAllBytes(path, content);
        return path;
    }
}
