namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// How fast one connection registers again: each time twice as slow, until it once waited quietly for a while. Kept
/// over runs, so that a server that takes us and drops us at once is not asked without end. Used by one task.
/// </summary>
internal sealed class RetryPace(TimeProvider time)
{
    /// <summary>Tuning.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250), Longest = TimeSpan.FromSeconds(5);

    /// <summary>Whoever waited this long for a technician has a working server.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private TimeSpan next = First;
    private long waitingSince;

    /// <summary>The wait for a technician begins.</summary>
    public void BeginWait() => waitingSince = time.GetTimestamp();

    /// <summary>The wait is over, whatever came of it.</summary>
    public void EndWait()
    {
        if (time.GetElapsedTime(waitingSince) >= Quiet) next = First;
    }

    /// <summary>The pause before the next try, at most <paramref name="most"/>, but at least <paramref name="atLeast"/>.</summary>
    public TimeSpan Next(TimeSpan atLeast = default, TimeSpan? most = null)
    {
        var pause = next < most ? next : most ?? next;
        next = next * 2 < Longest ? next * 2 : Longest;
        return pause > atLeast ? pause : atLeast;
    }
}
