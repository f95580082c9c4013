using System.Text;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A real xterm with the focus; what is typed into it ends in a file, line by line.</summary>
internal sealed class TypingTarget : IDisposable
{
    private readonly VirtualDisplay display;
    private readonly string file;

    private TypingTarget(VirtualDisplay display, string file)
    {
        this.display = display;
        this.file = file;
    }

    public static async Task<TypingTarget> Start(VirtualDisplay display)
    {
        var file = Path.Combine(Path.GetTempPath(), "nabij-typed-" + Guid.NewGuid().ToString("N"));
        display.Run("xterm", "-u8", "-geometry", "120x10+0+0", "-e", "bash", "--norc", "-c",
            $"echo ready > {file}.ready; while IFS= read -e -r line; do printf '%s\\n' \"$line\" >> {file}; done");
        await Eventually.True(() => File.Exists(file + ".ready"), "the terminal runs");
        await display.Ask("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm", "windowfocus", "--sync");
        await display.Ask("xdotool", "mousemove", "100", "50");
        return new TypingTarget(display, file);
    }

    /// <summary>Ends the line and waits until exactly this text was read.</summary>
    public Task Receives(string text) => ReceivesLine(text, () => display.Ask("xdotool", "key", "--clearmodifiers", "Return").Wait());

    public async Task ReceivesLine(string text, Action endLine)
    {
        endLine();
        await Eventually.True(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "a line was typed");
        Assert.Equal(text + "\n", await File.ReadAllTextAsync(file, Encoding.UTF8, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        File.Delete(file);
        File.Delete(file + ".ready");
    }
}
