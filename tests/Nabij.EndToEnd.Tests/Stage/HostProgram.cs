using System.Text.Json;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>
/// The customer's real program on a desktop, used as a screen reader uses it: by accessible names, through the driver
/// atspi/drive.py on a session bus of its own.
/// </summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private readonly ChildProcess _driver;
    private int _answers;

    private HostProgram(ChildProcess driver) => _driver = driver;

    public string Everything => _driver.Everything;

    public static HostProgram Start(Desktop desktop, string program, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(desktop.Environment) { ["NO_AT_BRIDGE"] = "0" };
        return new(desktop.Run(
            "dbus-run-session",
            ["--", "/usr/bin/python3", Path.Combine(Programs.Root, "tests/Nabij.EndToEnd.Tests/atspi/drive.py"), program, .. arguments],
            environment));
    }

    public Task WaitAsync(string name) => DoAsync("wait", name);

    public Task PressAsync(string name) => DoAsync("press", name);

    public Task TypeAsync(string name, string text) => DoAsync("type", name, text);

    /// <summary>The text of what has that accessible name.</summary>
    public async Task<string> ReadAsync(string name) => (await DoAsync("read", name)).GetProperty("text").GetString()!;

    /// <summary>The nine digits on the screen.</summary>
    public async Task<string> CodeAsync() => (await DoAsync("code", "")).GetProperty("code").GetString()!;

    /// <summary>Waits for the program's own end.</summary>
    public async Task<int> ExitCodeAsync() => (await DoAsync("exit", "")).GetProperty("code").GetInt32();

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    private async Task<JsonElement> DoAsync(string command, string name, string text = "")
    {
        await _driver.WriteLineAsync(JsonSerializer.Serialize(new { @do = command, name, text, seconds = 30 }));
        var line = (await _driver.LineAsync("^\\{\"ok\".*", ++_answers, TimeSpan.FromSeconds(60))).Value;
        var answer = JsonDocument.Parse(line).RootElement;
        return answer.GetProperty("ok").GetBoolean()
            ? answer
            : throw new InvalidOperationException($"{command} '{name}': {answer.GetProperty("error").GetString()}; it said: {_driver.Everything}");
    }
}
