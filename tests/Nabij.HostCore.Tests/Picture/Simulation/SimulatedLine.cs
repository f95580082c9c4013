namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>
/// One direction of a reliable, ordered line in virtual time: a rate, a delay, jitter, losses that hold back all that
/// follows, and times in which nothing passes. It takes whatever it is given at once, as a road of deep buffers would:
/// what waits in it is the sender's fault, and is measured.
/// </summary>
internal sealed class SimulatedLine(LineProfile profile, SeededNumbers numbers)
{
    private const int PacketBytes = 1400;

    private readonly List<(TimeSpan From, TimeSpan To)> stalls = [];
    private TimeSpan freeAt, lastArrival;

    /// <summary>Rate from now on, bytes per second.</summary>
    public double BytesPerSecond { get; set; } = profile.BytesPerSecond;

    /// <summary>Distance from now on, both ways together.</summary>
    public TimeSpan RoundTrip { get; set; } = profile.RoundTrip;

    /// <summary>How long each message waited before its first byte left, outside of stalls.</summary>
    public List<TimeSpan> Queued { get; } = [];

    public long Bytes { get; private set; }

    /// <summary>Nothing passes between these times.</summary>
    public void Stall(TimeSpan from, TimeSpan to) => stalls.Add((from, to));

    /// <summary>When the last byte of a message that is handed over now arrives.</summary>
    public TimeSpan Send(int bytes, TimeSpan now)
    {
        Bytes += bytes;
        if (!stalls.Exists(stall => freeAt >= stall.From && now < stall.To + TimeSpan.FromSeconds(1)))
            Queued.Add(freeAt > now ? freeAt - now : TimeSpan.Zero);
        var start = AfterStall(freeAt > now ? freeAt : now);
        freeAt = Through(start, TimeSpan.FromSeconds(bytes / BytesPerSecond));
        var arrival = freeAt + RoundTrip / 2 + Jitter();
        for (var packets = (bytes + PacketBytes - 1) / PacketBytes; packets > 0; packets--)
            if (profile.LossPercent > 0 && numbers.Below(100_000) < profile.LossPercent * 1000) arrival = Later(arrival, freeAt + RoundTrip * 1.5);
        return lastArrival = Later(arrival, lastArrival);
    }

    private TimeSpan Jitter() => profile.JitterMilliseconds == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(numbers.Below(profile.JitterMilliseconds * 1000));

    private TimeSpan AfterStall(TimeSpan at)
    {
        foreach (var (from, to) in stalls)
            if (at >= from && at < to) at = to;
        return at;
    }

    private TimeSpan Through(TimeSpan start, TimeSpan length)
    {
        foreach (var (from, to) in stalls)
            if (start < from && start + length > from) length += to - from;
        return start + length;
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
