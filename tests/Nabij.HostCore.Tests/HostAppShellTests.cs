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

    private static void Report(string what, long begin, string? line)
    {
        Assert.StartsWith("stop ", line, StringComparison.Ordinal);
        var elapsed = Stopwatch.GetElapsedTime(begin, long.Parse(line!.AsSpan(5), CultureInfo.InvariantCulture));
        TestContext.Current.SendDiagnosticMessage($"Stop by {what}: {elapsed.TotalMilliseconds:0} ms including the start of xdotool.");
        Assert.True(elapsed < StopBound, $"Stop by {what} took {elapsed.TotalMilliseconds:0} ms.");
    }
}
