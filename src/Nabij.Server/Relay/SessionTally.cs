namespace Nabij.Server.Relay;

/// <summary>Bytes of both directions of one session against its cap. Thread-safe.</summary>
internal sealed class SessionTally(long most)
{
    private long _total;

    /// <summary>Counts the bytes; false when they go over the cap.</summary>
    internal bool TryAdd(int bytes) => Interlocked.Add(ref _total, bytes) <= most;
}
