namespace Nabij.HostCore.Rendezvous;

/// <summary>How often anybody may be invited (docs/protocol/13, "Inviting"). Its owner holds the lock.</summary>
internal sealed class InvitationLimit(TimeProvider time)
{
    private const int Most = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private int count;
    private long? endedAt;

    /// <summary>True, and counted, when another one may begin.</summary>
    public bool TryBegin()
    {
        if (count >= Most || endedAt is { } end && time.GetElapsedTime(end) < Pause) return false;
        count++;
        return true;
    }

    public void End() => endedAt = time.GetTimestamp();
}
