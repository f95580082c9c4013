namespace Nabij.Server.Rendezvous;

/// <summary>
/// Sliding windows per source: each attempt is counted in all windows at once, refused ones are not counted, so
/// that waiting always helps. Holds the times of at most the largest window's attempts for each of at most
/// <see cref="MostSources"/> sources; when that many are busy, a new source is refused rather than an old one
/// forgotten. Thread-safe.
/// </summary>
internal sealed class AttemptLimit(IReadOnlyList<AttemptWindow> windows, TimeProvider time)
{
    internal const int MostSources = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _sources = new(StringComparer.Ordinal);
    private readonly TimeSpan _longest = windows.Max(window => window.Period);
    private DateTimeOffset _nextSweep;

    /// <summary>Counts one attempt, or gives the time after which the source may try again.</summary>
    internal bool TryCount(string source, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Sweep(now);
            if (!_sources.TryGetValue(source, out var attempts))
            {
                if (_sources.Count >= MostSources)
                {
                    retryAfter = windows[0].Period;
                    return false;
                }
                _sources[source] = attempts = new Queue<DateTimeOffset>();
            }
            Forget(attempts, now);
            retryAfter = windows.Max(window => Remaining(attempts, window, now));
            if (retryAfter > TimeSpan.Zero)
                return false;
            attempts.Enqueue(now);
            return true;
        }
    }

    private static TimeSpan Remaining(Queue<DateTimeOffset> attempts, AttemptWindow window, DateTimeOffset now)
    {
        if (attempts.Count < window.Count)
            return TimeSpan.Zero;
        // The window is full when its Count-th newest attempt is still inside it.
        var decisive = attempts.ElementAt(attempts.Count - window.Count);
        var left = decisive + window.Period - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget(Queue<DateTimeOffset> attempts, DateTimeOffset now)
    {
        while (attempts.TryPeek(out var oldest) && oldest + _longest <= now)
            attempts.Dequeue();
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
            return;
        _nextSweep = now + (_longest / 24);
        foreach (var (source, attempts) in _sources)
        {
            Forget(attempts, now);
            if (attempts.Count == 0)
                _sources.Remove(source);
        }
    }
}
