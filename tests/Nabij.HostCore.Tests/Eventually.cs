using System.Diagnostics;

namespace Nabij.HostCore.Tests;

/// <summary>Waits for a condition instead of sleeping; a generous limit turns a hang into a failure that says what was awaited.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task True(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            Assert.True(clock.Elapsed < Limit, $"waited {Limit.TotalSeconds} s in vain until {what}");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
