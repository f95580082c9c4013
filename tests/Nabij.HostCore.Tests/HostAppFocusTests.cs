using System.Runtime.Versioning;

namespace Nabij.HostCore.Tests;

/// <summary>Where the keys of somebody who was typing elsewhere go when a window of ours comes up, on a real desktop.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppFocusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Space_and_Enter_give_nothing_away_and_end_nothing_in_a_window_that_just_came_up()
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible, "This machine has no virtual desktop.");
        using var timeout = new CancellationTokenSource(Patience);
        using var desktop = HostAppDesktop.Start();
        using var child = HostAppChild.Start("answers", desktop.Display);
        List<string> pressed = [];
        var screens = 0;
        while (await child.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (!line.StartsWith("shown ", StringComparison.Ordinal))
            {
                pressed.Add(line);
                continue;
            }

            screens++;
            await desktop.RunAsync("/usr/bin/xdotool", ["key", "space", "Return"], timeout.Token);
            await child.StandardInput.WriteLineAsync();
        }

        await child.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, child.ExitCode);
        Assert.True(screens > 8, "Too few screens were shown.");
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", pressed));
        Assert.DoesNotContain(pressed, line => line.StartsWith("weighty", StringComparison.Ordinal));
        // The keys did arrive: where there is a press that does no harm, it may have been pressed.
        Assert.Contains("harmless private stay", pressed);
    }
}
