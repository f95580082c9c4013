namespace Nabij.HostCore.Picture;

/// <summary>
/// The shortest round trip of the last ten seconds: what the line takes when nothing waits in it (picture.md B6). A
/// shorter trip counts at once. A longer one counts only after ten seconds without the old one, and only from updates
/// that had the line to themselves: otherwise our own queue, or one stall, would pass for distance. Not thread-safe.
/// </summary>
internal sealed class LeastTrip
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    // Tuning: a trip this close to the least one shows that the least one is still there to be had.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(100);
    private const int TripsThatRenew = 2;

    private TimeSpan seenAt, candidate;
    private int renewals;

    /// <summary>Null before the first update was presented.</summary>
    public TimeSpan? Value { get; private set; }

    /// <summary>True when updates should go one by one for a moment, so that the trip can be measured anew.</summary>
    public bool IsOld(TimeSpan now) => Value is not null && now - seenAt > Lifetime;

    /// <summary>Takes in one trip; true when the least one is longer from now on.</summary>
    /// <param name="trip">From handing over the last byte to hearing of it, without the viewer's own time.</param>
    /// <param name="emptyLine">The same without the time that the update's own bytes took, or null when others were under way.</param>
    /// <param name="now">Steady time of the host.</param>
    public bool Note(TimeSpan trip, TimeSpan? emptyLine, TimeSpan now)
    {
        if (trip < Shortest) trip = Shortest;
        if (Value is not { } least || trip <= least)
        {
            Settle(trip, now);
        }
        else if (trip <= least + Tolerance)
        {
            Settle(least, now);
        }
        else if (IsOld(now) && emptyLine is { } renewed)
        {
            candidate = renewals == 0 || renewed < candidate ? renewed : candidate;
            if (++renewals < TripsThatRenew) return false;
            Settle(candidate > least ? candidate : least, now);
            return true;
        }
        return false;
    }

    private void Settle(TimeSpan value, TimeSpan now) => (Value, seenAt, renewals) = (value, now, 0);
}
