using System.Text;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A real xterm with the focus, in raw mode: every byte that its keys make ends in a file as it is.</summary>
internal sealed class RawTerminal : IDisposable
{
    private readonly string file;
    private int read;

    private RawTerminal(string file) => this.file = file;

    public static async Task<RawTerminal> Start(VirtualDisplay display)
    {
        var file = Path.Combine(Path.GetTempPath(), "nabij-raw-" + Guid.NewGuid().ToString("N"));
        display.Run("xterm", "-u8", "-geometry", "80x10+0+0", "-e", "sh", "-c", $"stty raw -echo; touch {file}; exec cat > {file}");
        await Eventually.True(() => File.Exists(file), "the terminal runs");
        await display.Ask("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm", "windowfocus", "--sync");
        return new RawTerminal(file);
    }

    /// <summary>What has arrived since the last call, up to the Enter key that the caller has pressed behind it.</summary>
    public async Task<string> Line()
    {
        var arrived = "";
        await Eventually.True(() => (arrived = Arrived()).EndsWith('\r'), "the end of the line has arrived");
        read += Encoding.UTF8.GetByteCount(arrived);
        return arrived[..^1];
    }

    public void Dispose() => File.Delete(file);

    private string Arrived()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = read;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
