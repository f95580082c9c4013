namespace Nabij.HostCore.Session;

/// <summary>Lets something happen at most once in a while. One thread at a time.</summary>
internal sealed class EventPace(TimeSpan least, TimeProvider time)
{
    private long? last;

    /// <summary>True when enough time has passed since it was true last.</summary>
    public bool IsDue()
    {
        if (last is { } at && time.GetElapsedTime(at) < least) return false;
        last = time.GetTimestamp();
        return true;
    }
}
