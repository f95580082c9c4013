using System.Diagnostics;
using System.Text.Json;

namespace Nabij.HostCore.Tests;

/// <summary>
/// The AT-SPI driver of the end-to-end tests (tests/Nabij.EndToEnd.Tests/atspi/drive.py) in a session bus of its own,
/// driving one program by accessible names. Disposing ends driver, program and bus.
/// </summary>
internal sealed class HostAppDriver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private HostAppDriver(Process process) => _process = process;

    public static bool IsPossible =>
        File.Exists("/usr/bin/dbus-run-session") && File.Exists("/usr/lib/python3/dist-packages/pyatspi/__init__.py") && Script is not null;

    /// <summary>The repository, found upwards from the test program, which stands under artifacts/.</summary>
    public static string? Repository
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
                    return folder.FullName;
            }

            return null;
        }
    }

    private static string? Script => Repository is { } root ? Path.Combine(root, "tests/Nabij.EndToEnd.Tests/atspi/drive.py") : null;

    public static HostAppDriver Start(string display, string program, params (string Name, string Value)[] environment)
    {
        var start = HostAppDesktop.With(
            new ProcessStartInfo("/usr/bin/dbus-run-session", ["--", "/usr/bin/python3", Script!, program])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            display);
        start.Environment["NO_AT_BRIDGE"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new HostAppDriver(process);
    }

    public async Task<JsonElement> DoAsync(string command, string name, string text = "")
    {
        using var timeout = new CancellationTokenSource(Patience);
        var line = JsonSerializer.Serialize(new Dictionary<string, string> { ["do"] = command, ["name"] = name, ["text"] = text });
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), timeout.Token);
        // The accessibility bus also writes to this stream when it starts; an answer is a JSON object.
        var answer = string.Empty;
        while (!answer.StartsWith('{'))
            answer = await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException("The driver has ended.");
        using var document = JsonDocument.Parse(answer);
        Assert.True(document.RootElement.GetProperty("ok").GetBoolean(), answer);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
