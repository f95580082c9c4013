namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>Waits for conditions of the world outside (processes, windows, pages): asks often, never sleeps blindly.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition, Func<string> what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? limit = null)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begin) > (limit ?? Patience)) throw new TimeoutException($"waited in vain for {what()}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
