using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Tests;

/// <summary>The real GTK shell on a virtual desktop, in a process of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppShellTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Security demands 200 ms; a test machine shares its cores, so the bound has room and the figure is printed.
    private static readonly TimeSpan StopBound = TimeSpan.FromMilliseconds(200 * 3);

    private static readonly (string Name, string Role)[] Roles =
    [
        ("Heading", "label"), ("A box to tick", "check box"), ("First answer", "radio button"), ("A long text", "text"),
        ("A line to type", "text"), ("Some progress", "progress bar"), ("Stop some_progress.txt", "push button"),
        ("A link", "push button"), ("Dangerous", "push button"), ("Fine", "push button"), ("Every part", "frame"),
    ];

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_is_heard_while_the_windows_are_stuck_by_mouse_and_by_key()
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible, "This machine has no virtual desktop.");
        using var timeout = new CancellationTokenSource(Patience);
        using var desktop = HostAppDesktop.Start();
        using var child = HostAppChild.Start("stuck", desktop.Display);
        Assert.Equal("stuck", await child.StandardOutput.ReadLineAsync(timeout.Token));

        await desktop.RunAsync("/usr/bin/xdotool", ["mousemove", "640", "600", "click", "1"], timeout.Token);
        var begin = Stopwatch.GetTimestamp();
        await desktop.RunAsync("/usr/bin/xdotool", ["key", "ctrl+alt+Pause"], timeout.Token);
        Report("Ctrl+Alt+Pause", begin, await child.StandardOutput.ReadLineAsync(timeout.Token));

        // From the right edge of the bar leftwards: first the menu, which must not stop anything, then Stop.
        var heard = child.StandardOutput.ReadLineAsync(timeout.Token).AsTask();
        var clicks = 0;
        for (var x = 1100; x > 640 && !heard.IsCompleted; x -= 12, clicks++)
        {
            begin = Stopwatch.GetTimestamp();
            await desktop.RunAsync("/usr/bin/xdotool", ["mousemove", $"{x}", "16", "click", "1"], timeout.Token);
        }

        Assert.True(await Task.WhenAny(heard, Task.Delay(StopBound, TimeProvider.System, timeout.Token)) == heard, "The mouse did not stop anything.");
        Report("the mouse", begin, await heard);
        Assert.True(clicks > 2, "The menu stopped the session.");
        await child.StandardInput.WriteLineAsync();
        await child.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, child.ExitCode);
    }

    [Fact]
    public async Task Every_kind_of_part_has_its_name_and_state_for_a_screen_reader()
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible && HostAppDriver.IsPossible, "This machine has no accessibility bus.");
        using var desktop = HostAppDesktop.Start();
        await using var driver = HostAppDriver.Start(desktop.Display, Environment.ProcessPath!, (HostAppChild.Variable, "parts"));
        await driver.DoAsync("wait", "Heading");
        Assert.Equal("417 902 635", (await driver.DoAsync("read", "Code: four one seven, nine zero two, six three five")).GetProperty("text").GetString());
        foreach (var (name, role) in Roles)
            Assert.Equal(role, (await driver.DoAsync("read", name)).GetProperty("role").GetString());
        Assert.Contains("Body <b>& more</b>", (await driver.DoAsync("read", "A long text")).GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (var radio in new[] { "First answer", "Second answer" })
            Assert.DoesNotContain("checked", States(await driver.DoAsync("read", radio)));
        await driver.DoAsync("press", "A box to tick");
        await driver.DoAsync("press", "Second answer");
        Assert.Contains("checked", States(await driver.DoAsync("read", "A box to tick")));
        Assert.Contains("checked", States(await driver.DoAsync("read", "Second answer")));
        await driver.DoAsync("type", "A line to type", "Jan");
        Assert.Equal("Jan", (await driver.DoAsync("read", "A line to type")).GetProperty("text").GetString());
        Assert.Equal("This is wrong.", (await driver.DoAsync("read", "A line to type")).GetProperty("description").GetString());
        await driver.DoAsync("press", "Guarded");
    }

    [Theory]
    [InlineData("awake")]
    [InlineData("locked")]
    public async Task The_desktop_is_asked_not_to_sleep_and_told_when_it_may_again_and_a_lock_is_noticed(string task)
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible && HostAppDriver.IsPossible, "This machine has no session bus.");
        using var timeout = new CancellationTokenSource(Patience);
        using var desktop = HostAppDesktop.Start();
        var script = Path.Combine(HostAppDriver.Repository!, "tests/Nabij.HostCore.Tests/screen-saver.py");
        var start = HostAppDesktop.With(
            new ProcessStartInfo("/usr/bin/dbus-run-session", ["--", "/usr/bin/python3", script, Environment.ProcessPath!])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
            desktop.Display);
        start.Environment[HostAppChild.Variable] = task;
        if (task == "locked") start.Environment["NABIJ_LOCKS"] = "1";
        start.Environment["NO_AT_BRIDGE"] = "1";
        using var bus = Process.Start(start)!;
        Assert.Equal("Inhibit Nabij a session runs", await bus.StandardOutput.ReadLineAsync(timeout.Token));
        if (task == "locked") Assert.Equal("Locked", await bus.StandardOutput.ReadLineAsync(timeout.Token));
        else await bus.StandardInput.WriteLineAsync();
        Assert.Equal("UnInhibit 4711", await bus.StandardOutput.ReadLineAsync(timeout.Token));
        await bus.StandardInput.WriteLineAsync();
        await bus.WaitForExitAsync(timeout.Token);
    }

    private static List<string?> States(System.Text.Json.JsonElement node) =>
        [.. node.GetProperty("states").EnumerateArray().Select(state => state.GetString())];

    private static void Report(string what, long begin, string? line)
    {
        Assert.StartsWith("stop ", line, StringComparison.Ordinal);
        var elapsed = Stopwatch.GetElapsedTime(begin, long.Parse(line!.AsSpan(5), CultureInfo.InvariantCulture));
        TestContext.Current.SendDiagnosticMessage($"Stop by {what}: {elapsed.TotalMilliseconds:0} ms including the start of xdotool.");
        Assert.True(elapsed < StopBound, $"Stop by {what} took {elapsed.TotalMilliseconds:0} ms.");
    }
}
