namespace Nabij.Server.Tests;

/// <summary>
/// A clock that moves only when a test says so; delays, timeouts and periodic timers follow it. Timers fire on the
/// thread that calls <see cref="Advance"/>, in the order of their times. Thread-safe.
/// </summary>
/// <remarks>
/// In a long step a periodic timer fires <see cref="MostTicks"/> times and once more at its end: a server looks at something
/// every second, which is a quarter of a million times in three days, and who waits for a tick is told of missed ones once.
/// </remarks>
internal sealed class ManualClock : TimeProvider
{
    private const int MostTicks = 20;

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait for a time: a test waits for it before it advances.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(TimeSpan step)
    {
        DateTimeOffset end;
        lock (_gate)
        {
            end = _now + step;
            _timers.ForEach(timer => timer.Ticks = 0);
        }

        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = end;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due.Value;
            next.Due = next.Period > TimeSpan.Zero ? next.Due + next.Period : null;
            if (next.Due < end && ++next.Ticks >= MostTicks)
                next.Due += TimeSpan.FromTicks((end - next.Due.Value).Ticks / next.Period.Ticks * next.Period.Ticks);
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        internal DateTimeOffset? Due { get; set; }

        /// <summary>How often it has fired in this step.</summary>
        internal int Ticks { get; set; }

        internal TimeSpan Period { get; private set; }

        internal Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock._gate)
            {
                if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
                Period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
                Due = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
                now = dueTime == TimeSpan.Zero;
                if (now)
                    Due = Period > TimeSpan.Zero ? clock._now + Period : null;
            }
            if (now)
                Fire();
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
