namespace Nabij.Server.Webhooks;

/// <summary>When a message is tried again. The first attempt is at once; the last one about a day later.</summary>
internal static class WebhookRetries
{
    internal static readonly TimeSpan SwitchOffAfter = TimeSpan.FromDays(3);

    /// <summary>No attempt begins later than this after the message was made.</summary>
    internal static readonly TimeSpan Until = TimeSpan.FromHours(24);

    internal static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    private const double Factor = 3, Jitter = 0.2;

    /// <summary>
    /// How long to wait after this many failed attempts: three times as long each time, up to <see cref="Longest"/>, a fifth
    /// more or less so that many messages do not come back as one; longer when the receiver asks for it.
    /// </summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="asked">What the receiver's Retry-After says.</param>
    /// <param name="chance">From 0 to 1.</param>
    internal static TimeSpan Wait(int attempts, TimeSpan? asked, double chance)
    {
        var plain = Math.Min(First.TotalSeconds * Math.Pow(Factor, attempts - 1), Longest.TotalSeconds);
        var spread = TimeSpan.FromSeconds(plain * (1 - Jitter + (2 * Jitter * chance)));
        return asked is { } longer && longer > spread ? TimeSpan.FromSeconds(Math.Min(longer.TotalSeconds, Longest.TotalSeconds)) : spread;
    }
}
