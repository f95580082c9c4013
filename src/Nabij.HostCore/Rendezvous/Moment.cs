namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// A point in time on both clocks: the monotonic one, which stands still while the computer sleeps, and the wall clock,
/// which somebody may set. A lifetime is over when either says so.
/// </summary>
internal readonly record struct Moment(long Timestamp, DateTimeOffset Clock)
{
    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>What has passed since then, by the clock that says more.</summary>
    public TimeSpan Elapsed(TimeProvider time)
    {
        var (steady, wall) = (time.GetElapsedTime(Timestamp), time.GetUtcNow() - Clock);
        return steady > wall ? steady : wall;
    }
}
