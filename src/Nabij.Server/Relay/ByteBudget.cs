namespace Nabij.Server.Relay;

/// <summary>
/// How much one direction of a session may carry: a full bucket of burst bytes that refills at the sustained rate.
/// Spending is always allowed and may leave the bucket in debt; the spender then waits before it reads on, so that
/// nothing is held back inside the relay and an unhurried session never sees a timer. Thread-safe: a pump has its own, and all of an organization share one.
/// </summary>
internal sealed class ByteBudget
{
    private readonly Lock _gate = new();
    private readonly double _bytesPerSecond;
    private readonly double _burstBytes;
    private readonly TimeProvider _time;
    private double _available;
    private long _refilledAt;
    private long _spent;

    internal ByteBudget(long bitsPerSecond, long burstBits, TimeProvider time)
    {
        _bytesPerSecond = bitsPerSecond / 8.0;
        _burstBytes = burstBits / 8.0;
        _time = time;
        _available = _burstBytes;
        _refilledAt = time.GetTimestamp();
    }

    /// <summary>All bytes that were ever taken.</summary>
    internal long Spent => Interlocked.Read(ref _spent);

    /// <summary>Takes the bytes and gives the time to wait before reading again; zero while the budget lasts.</summary>
    internal TimeSpan Spend(int bytes)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _available = Math.Min(_burstBytes, _available + (_time.GetElapsedTime(_refilledAt, now).TotalSeconds * _bytesPerSecond));
            _refilledAt = now;
            _available -= bytes;
            _spent += bytes;
            return _available >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_available / _bytesPerSecond);
        }
    }
}
