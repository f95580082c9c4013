using Nabij.Server.Rendezvous;

namespace Nabij.Server.Watch;

/// <summary>How many tickets for relatives one address may have (docs/protocol/01-rendezvous.md, step 3).</summary>
internal sealed class WatchLimit(TimeProvider time)
{
    internal const int MostPerHour = 20;

    private readonly AttemptLimit _attempts = new([new AttemptWindow(MostPerHour, TimeSpan.FromHours(1))], time);

    internal bool TryCount(string address, out TimeSpan retryAfter) => _attempts.TryCount(address, out retryAfter);
}
