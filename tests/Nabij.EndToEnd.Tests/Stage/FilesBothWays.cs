using System.Collections.Concurrent;
using Microsoft.Playwright;
using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>One file that goes to the customer and one that comes from there, again and again; each arrives as it was.</summary>
internal sealed class FilesBothWays
{
    private const string OpenChat = "Control+Alt+Shift+Enter", OpenFiles = "Control+Alt+Shift+End";
    private const int LeastBytes = 500_000, MostBytes = 6_000_000;

    private readonly FileStage stage;
    private readonly SeededRandom random;
    private readonly ConcurrentDictionary<string, IDownload> downloads = [];
    private string sent = "", given = "";

    public FilesBothWays(FileStage stage, SeededRandom random)
    {
        (this.stage, this.random) = (stage, random);
        stage.Page.Download += (_, download) => downloads[download.SuggestedFilename] = download;
    }

    /// <summary>Files that arrived so far.</summary>
    public int Arrived { get; private set; }

    /// <summary>Both set out; the chat is open again afterwards.</summary>
    public async Task BeginAsync(int number)
    {
        sent = stage.Make($"up {number}.bin", Size());
        given = stage.Make($"down {number}.bin", Size());
        await stage.SendAsync(sent);
        await stage.Customer.DoAsync($"send {given}");
        var accept = stage.Page.Locator("#files .file-offers button.primary");
        await accept.WaitForAsync();
        await accept.ClickAsync();
        await OpenChatAsync();
    }

    /// <summary>Both are at the other side, byte for byte; they are removed, for there are many.</summary>
    public async Task ArriveAsync()
    {
        var (up, down) = (Path.GetFileName(sent), Path.GetFileName(given));
        await stage.Page.Keyboard.PressAsync(OpenFiles);
        await stage.IsAsync(up, "ended");
        await stage.IsAsync(down, "ended");
        await Until.TrueAsync(() => downloads.ContainsKey(down), () => $"{down} among the downloads");
        var saved = await downloads[down].PathAsync();
        Assert.Equal(FileStage.HashOf(given), FileStage.HashOf(saved));
        Assert.Equal(FileStage.HashOf(sent), Assert.Single(stage.Arrived(), file => file.Key == up).Value);
        foreach (var path in new[] { sent, given, saved, stage.ArrivedAt(up) }) File.Delete(path);
        Arrived += 2;
        await OpenChatAsync();
    }

    // The pane makes room for the chat, which must be open to be written in.
    private async Task OpenChatAsync()
    {
        await stage.Page.Keyboard.PressAsync(OpenChat);
        await stage.Page.WaitForSelectorAsync("#chat textarea");
    }

    private int Size() => LeastBytes + random.Below(MostBytes - LeastBytes);
}
