using Microsoft.Playwright;
using Nabij.EndToEnd.Tests.Stage;
using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests;

/// <summary>Files between a browser and a customer: up with folders, down by request, cut lines, Stop, and the end.</summary>
public sealed class FileTests
{
    private const int Mebibyte = 1_048_576;

    // Chapter 02: at most 10 R1 within a minute; one is left over.
    private const int MostReturns = 9;
    private static readonly TimeSpan ReturnsSpan = TimeSpan.FromSeconds(61);

    [Theory]
    [InlineData("en-US", "Get files…", "Ask the customer", "Save to downloads", "Arrived, and checked")]
    [InlineData("nl-NL", "Bestanden ophalen…", "Vraag het de klant", "Opslaan bij downloads", "Aangekomen en gecontroleerd")]
    public async Task Files_and_folders_go_up_and_files_come_down_and_all_are_as_they_were(string locale, string get, string ask, string save, string checkedText)
    {
        // A browser that has no save picker: what arrives is an ordinary download from the private file system.
        await using var stage = await FileStage.StartAsync(answer: ("factuur.pdf", 3 * Mebibyte + 5), locale: locale, script: "delete window.showSaveFilePicker; delete window.showDirectoryPicker;");
        await stage.Session.Desk.ShotAsync($"files-empty-{locale[..2]}");
        await stage.SendAsync(stage.Make("driver.bin", 2 * Mebibyte + 1), stage.Make("empty.txt", 0), stage.Make("con.txt", 5));
        await stage.IsAsync("driver.bin", "ended");
        await stage.IsAsync("empty.txt", "ended");
        Assert.Contains("con.txt", await stage.Page.Locator("#files .left-out").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(checkedText, await stage.Row("driver.bin").InnerTextAsync(), StringComparison.Ordinal);
        stage.Make("photos/summer/beach.jpg", 700_000);
        stage.Make("photos/list.txt", 12);
        await stage.SendFolderAsync(stage.PathOf("photos"));
        await stage.IsAsync("beach.jpg", "ended");
        await stage.IsAsync("list.txt", "ended");
        var expected = new[] { "driver.bin", "empty.txt", "photos/list.txt", "photos/summer/beach.jpg" };
        Assert.Equal(expected.ToDictionary(name => name, name => FileStage.HashOf(stage.PathOf(name))), stage.Arrived());

        await stage.Page.GetByRole(AriaRole.Button, new() { Name = get, Exact = true }).ClickAsync();
        await stage.Page.FillAsync("#file-request", "the invoice of last week");
        await stage.Page.GetByRole(AriaRole.Button, new() { Name = ask, Exact = true }).ClickAsync();
        Assert.Equal("the invoice of last week", (await stage.Customer.EventAsync("file-requested")).GetProperty("what").GetString());
        var button = stage.Page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true });
        await button.WaitForAsync();
        Assert.Equal(2, await stage.Page.Locator("#files .file-offers button").CountAsync());
        await stage.Session.Desk.ShotAsync($"files-offer-{locale[..2]}");
        var download = await stage.Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        Assert.Equal("factuur.pdf", download.SuggestedFilename);
        Assert.Equal(FileStage.HashOf(Path.Combine(stage.Session.Desktop.Folder, "factuur.pdf")), FileStage.HashOf(await download.PathAsync()));
        await stage.IsAsync("factuur.pdf", "ended");
        await stage.Session.Desk.ShotAsync($"files-done-{locale[..2]}");
        Assert.Empty(stage.Session.Desk.Console);
    }

    [Fact]
    public async Task What_the_customer_sends_is_written_where_the_technician_chose_and_replaces_nothing()
    {
        // A dialog of the system's cannot be driven; what it gives is a handle like those of the private file system.
        const string Pickers = """
            window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('chosen', { create: true });
            window.showSaveFilePicker = async () => (await navigator.storage.getDirectory()).getFileHandle('chosen.pdf', { create: true });
            """;
        await using var stage = await FileStage.StartAsync(script: Pickers);
        var sent = Directory.CreateDirectory(Path.Combine(stage.Session.Desktop.Folder, "scans")).FullName;
        await File.WriteAllTextAsync(Path.Combine(sent, "one.txt"), "first");
        await File.WriteAllTextAsync(Path.Combine(sent, "two.txt"), "second");
        for (var round = 1; round <= 2; round++)
        {
            await stage.Customer.DoAsync($"send {sent}");
            await stage.Page.GetByRole(AriaRole.Button, new() { Name = "Save in another place…" }).ClickAsync();
            await Until.TrueAsync(async () => await stage.Page.Locator("#files li[data-stage=ended]", new() { HasTextString = "saved as" }).CountAsync() == 2 * round, () => "both files saved");
        }
        var found = await stage.Page.EvaluateAsync<string[]>("""
            async () => {
              const folder = await (await (await navigator.storage.getDirectory()).getDirectoryHandle('chosen')).getDirectoryHandle('scans');
              const found = [];
              for await (const [name, file] of folder.entries()) found.push(`${name}: ${await (await file.getFile()).text()}`);
              return found.sort();
            }
            """);
        Assert.Equal(["one (2).txt: first", "one.txt: first", "two (2).txt: second", "two.txt: second"], found);
        // What has another place is no longer in the private one.
        Assert.Equal(0, await stage.Page.EvaluateAsync<int>("""
            async () => {
              let count = 0;
              for await (const folder of (await (await navigator.storage.getDirectory()).getDirectoryHandle('nabij-files')).values()) for await (const _ of folder.keys()) count++;
              return count;
            }
            """));
        Assert.Empty(stage.Session.Desk.Console);
    }

    /// <summary>A tenth of the file and of the cuts in ./dev test, all of both with NABIJ_FULL.</summary>
    [Fact]
    [Trait("Invariant", "7")]
    [Trait("Campaign", "cuts")]
    public async Task A_line_that_is_cut_while_files_go_both_ways_damages_none()
    {
        var isFull = Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 };
        var (bytes, cuts) = isFull ? (2_000_000_000, 20) : (24 * Mebibyte, 4);
        await using var line = new Line();
        await using var stage = await FileStage.StartAsync(line, ("backup.zip", 24 * Mebibyte));
        await stage.SendAsync(stage.Make("image.iso", bytes));
        await stage.Page.GetByRole(AriaRole.Button, new() { Name = "Get files…" }).ClickAsync();
        await stage.Page.GetByRole(AriaRole.Button, new() { Name = "Ask the customer" }).ClickAsync();
        var cutting = CutAsync(line, stage.Session.Desk, cuts, bytes / (cuts + 1));
        var save = stage.Page.GetByRole(AriaRole.Button, new() { Name = "Save to downloads" });
        var download = await stage.Page.RunAndWaitForDownloadAsync(() => save.ClickAsync(), new() { Timeout = 120_000 });
        await stage.IsAsync("image.iso", "ended", isFull ? TimeSpan.FromMinutes(30) : TimeSpan.FromMinutes(1));
        await cutting;
        Assert.Equal(FileStage.HashOf(Path.Combine(stage.Session.Desktop.Folder, "backup.zip")), FileStage.HashOf(await download.PathAsync()));
        Assert.Equal(FileStage.HashOf(stage.PathOf("image.iso")), Assert.Single(stage.Arrived()).Value);
    }

    [Fact]
    public async Task Ending_with_files_on_their_way_asks_first_and_waits_for_them_if_so_told()
    {
        await using var stage = await FileStage.StartAsync();
        await stage.SendAsync(stage.Make("large.bin", 40 * Mebibyte));
        await stage.Row("large.bin").GetByRole(AriaRole.Button, new() { Name = "Pause large.bin" }).ClickAsync();
        await stage.Page.Locator("#files", new() { HasTextString = "Paused by you" }).WaitForAsync();
        await EndAsync(stage);
        var dialog = stage.Page.Locator("dialog.ending");
        Assert.Contains("large.bin", await dialog.InnerTextAsync(), StringComparison.Ordinal);
        await stage.Session.Desk.ShotAsync("files-ending-en");
        await stage.Page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await stage.Session.Desk.StateAsync("active");
        await EndAsync(stage);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Let the copying finish, then end" }).ClickAsync();
        await stage.Row("large.bin").GetByRole(AriaRole.Button, new() { Name = "Go on with large.bin" }).ClickAsync();
        await stage.Session.Desk.StateAsync("ended");
        Assert.Equal("technician-ended", (await stage.Customer.EventAsync("ended")).GetProperty("reason").GetString());
        Assert.Contains("Files that arrived: 1.", await stage.Page.InnerTextAsync(".notice"), StringComparison.Ordinal);
        Assert.Equal(FileStage.HashOf(stage.PathOf("large.bin")), Assert.Single(stage.Arrived()).Value);
    }

    [Fact]
    public async Task Files_wait_for_a_permission_that_is_asked_for_and_for_a_customer_who_stopped()
    {
        await using var stage = await FileStage.StartAsync();
        await stage.Customer.DoAsync("revoke files");
        await stage.Customer.EventAsync("revoked");
        // A file that is offered before the browser knows is refused, not kept.
        await stage.Page.GetByText("You may: look, control", new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await stage.SendAsync(stage.Make("tool.exe", 200_000));
        await stage.Customer.EventAsync("asked");
        await stage.IsAsync("tool.exe", "ended");
        await stage.Customer.DoAsync("stop");
        await stage.Session.Desk.StateAsync("stopped");
        await stage.Page.Locator("#files .hint", new() { HasTextString = "paused the session" }).WaitForAsync();
        Assert.True(await stage.Page.GetByRole(AriaRole.Button, new() { Name = "Send files…" }).IsDisabledAsync());
        await stage.Customer.DoAsync("go-on");
        await stage.Session.Desk.StateAsync("active");
        await stage.SendAsync(stage.Make("second.exe", 200_000));
        await stage.IsAsync("second.exe", "ended");
        Assert.Equal(["second.exe", "tool.exe"], stage.Arrived().Keys.Order());
    }

    [Fact]
    public async Task What_is_dropped_on_the_picture_is_sent()
    {
        await using var stage = await FileStage.StartAsync();
        await stage.Page.Keyboard.PressAsync("Escape");
        const string Drag = """
            type => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(['dropped'], 'dropped.txt'));
              document.querySelector('#screen').dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """;
        await stage.Page.EvaluateAsync(Drag, "dragenter");
        await stage.Page.Locator(".drop-target").WaitForAsync();
        await stage.Session.Desk.ShotAsync("files-drop-en");
        await stage.Page.EvaluateAsync(Drag, "drop");
        await stage.Page.Locator(".drop-target").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await stage.IsAsync("dropped.txt", "ended");
        Assert.Equal(["dropped.txt"], stage.Arrived().Keys);
    }

    private static async Task EndAsync(FileStage stage)
    {
        await stage.Page.HoverAsync("#panel");
        await stage.Page.ClickAsync("#end");
        await stage.Page.Locator("dialog.ending").WaitForAsync();
    }

    private static async Task CutAsync(Line line, Desk desk, int times, int apart)
    {
        var random = new SeededRandom(20261122);
        var cuts = new Queue<DateTimeOffset>();
        for (var number = 0; number < times; number++)
        {
            if (cuts.Count == MostReturns)
            {
                var free = cuts.Dequeue() + ReturnsSpan;
                await Until.TrueAsync(() => TimeProvider.System.GetUtcNow() > free, () => "the next return that a host allows", ReturnsSpan * 2);
            }
            cuts.Enqueue(TimeProvider.System.GetUtcNow());
            await line.CutAsync(new Cut((Leg)(1 + random.Below(3)), CutKind.Reset, apart / 2 + random.Below(apart / 2), TimeSpan.FromMilliseconds(200), HoldsCallers: false));
            await desk.StateAsync("active");
        }
    }
}
