namespace Nabij.HostCore.Tests;

/// <summary>A clock that stands still until a test moves it; timers run on the thread that moves it, in order of their time.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan elapsed, slept;

    public ManualTimeProvider() : this(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return start + elapsed + slept;
    }

    /// <summary>How far away the next timer is; null while nobody waits for this clock.</summary>
    public TimeSpan? UntilNext
    {
        get { lock (gate) return timers.MinBy(timer => timer.Due)?.Due - elapsed; }
    }

    /// <summary>Whether anybody waits for exactly this long from now.</summary>
    public bool IsWaitedFor(TimeSpan time)
    {
        lock (gate) return timers.Any(timer => timer.Due - elapsed == time);
    }

    public override long GetTimestamp()
    {
        lock (gate) return elapsed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = Now() + by;
        while (TakeNext(end) is { } due) due.Fire();
        lock (gate) elapsed = end;
    }

    /// <summary>The computer sleeps: only the wall clock goes on.</summary>
    public void Sleep(TimeSpan by)
    {
        lock (gate) slept += by;
    }

    private TimeSpan Now()
    {
        lock (gate) return elapsed;
    }

    private ManualTimer? TakeNext(TimeSpan end)
    {
        lock (gate)
        {
            var next = timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end) return null;
            if (next.Due > elapsed) elapsed = next.Due;
            if (next.Period == Timeout.InfiniteTimeSpan) timers.Remove(next);
            else next.Due += next.Period;
            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock.elapsed + dueTime;
                Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
                clock.timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
