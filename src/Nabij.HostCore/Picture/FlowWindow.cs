using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Picture;

/// <summary>
/// How much picture may be under way to one viewer: bytes sent and not yet presented stay below the estimate of
/// bandwidth x (least round trip + 10 ms), at least one update (docs/protocol/05, picture.md B6). Thread-safe: the
/// picture thread sends, the reader hears of what was presented.
/// </summary>
public sealed class FlowWindow(TimeProvider time)
{
    // Tuning, from the simulation in picture.md B6.
    private static readonly TimeSpan QueueAllowance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LateBy = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan LeastTripLifetime = TimeSpan.FromSeconds(10);
    private const double Shrink = 0.85, Grow = 1.05, LeastGain = 0.25, GreatestGain = 1.25;
    private const int RateSamples = 10;
    private const int FirstWindowBytes = 256 * 1024, LeastWindowBytes = 16 * 1024, GreatestWindowBytes = 8 * 1024 * 1024;
    private const int MostUpdatesUnderWay = 32;

    private readonly Lock gate = new();
    private readonly Queue<Flight> underWay = new();
    private readonly double[] rates = new double[RateSamples];
    private int nextRate, bytesUnderWay;
    private double gain = 1;
    private bool isLimited;
    private uint lastSent, lastPresented;
    private TimeSpan leastTrip = TimeSpan.MaxValue;
    private long leastTripAt, lastGainChange;

    private readonly record struct Flight(uint Update, long SentAt, int Bytes, int BytesUnderWay);

    /// <summary>True when another update may be sent. False also notes that the line, not the screen, sets the pace.</summary>
    public bool IsOpen()
    {
        lock (gate)
        {
            var open = underWay.Count == 0 || bytesUnderWay < WindowBytes && underWay.Count < MostUpdatesUnderWay;
            isLimited |= !open;
            return open;
        }
    }

    /// <summary>How large the next update should be at most; what does not fit waits for the next one.</summary>
    public int Budget
    {
        get { lock (gate) return Math.Max(LeastWindowBytes, WindowBytes - bytesUnderWay); }
    }

    /// <summary>Bytes sent and not yet presented.</summary>
    public int BytesUnderWay
    {
        get { lock (gate) return bytesUnderWay; }
    }

    /// <summary>The pieces of an update begin to leave: from now on the viewer may say that it presented it.</summary>
    public void Sending(uint update)
    {
        lock (gate) lastSent = update;
    }

    /// <summary>An update of this many bytes has been handed to the sender; <paramref name="wasCut"/> when more was waiting.</summary>
    public void Sent(uint update, int bytes, bool wasCut)
    {
        lock (gate)
        {
            isLimited |= wasCut;
            if (update <= lastPresented) return; // the viewer was faster than this thread
            bytesUnderWay += bytes;
            underWay.Enqueue(new Flight(update, time.GetTimestamp(), bytes, bytesUnderWay));
        }
    }

    /// <summary>The viewer has painted everything up to this update; <paramref name="viewerTime"/> went into decoding and painting.</summary>
    /// <exception cref="WireFormatException">The update was never sent, or the numbers fall.</exception>
    public void Presented(uint update, TimeSpan viewerTime)
    {
        lock (gate)
        {
            if (update > lastSent || update < lastPresented) throw new WireFormatException(WireError.InvalidValue);
            lastPresented = update;
            Flight? newest = null;
            while (underWay.TryPeek(out var flight) && flight.Update <= update)
            {
                newest = underWay.Dequeue();
                bytesUnderWay -= flight.Bytes;
            }
            if (newest is { } arrived) Learn(arrived, viewerTime);
        }
    }

    /// <summary>Nothing is under way any more and numbers begin again: a new layout. What was learned about the line stays.</summary>
    public void Restart()
    {
        lock (gate)
        {
            underWay.Clear();
            bytesUnderWay = 0;
            lastSent = lastPresented = 0;
        }
    }

    private int WindowBytes
    {
        get
        {
            var rate = rates.Max();
            if (rate <= 0 || leastTrip == TimeSpan.MaxValue) return FirstWindowBytes;
            return (int)Math.Clamp(rate * (leastTrip + QueueAllowance).TotalSeconds * gain, LeastWindowBytes, GreatestWindowBytes);
        }
    }

    private void Learn(Flight flight, TimeSpan viewerTime)
    {
        var now = time.GetTimestamp();
        var whole = time.GetElapsedTime(flight.SentAt, now);
        var trip = whole > viewerTime ? whole - viewerTime : TimeSpan.Zero;
        if (trip < TimeSpan.FromMicroseconds(100)) trip = TimeSpan.FromMicroseconds(100);
        if (trip <= leastTrip || time.GetElapsedTime(leastTripAt, now) > LeastTripLifetime) (leastTrip, leastTripAt) = (trip, now);
        var rate = flight.BytesUnderWay / trip.TotalSeconds;
        // A sample taken while the screen was quiet says little about the line, unless it is the best so far.
        if (isLimited || rate > rates.Max()) rates[nextRate++ % RateSamples] = rate;
        if (time.GetElapsedTime(lastGainChange, now) < trip) return;
        if (trip > leastTrip + LateBy) gain = Math.Max(LeastGain, gain * Shrink);
        else if (isLimited) gain = Math.Min(GreatestGain, gain * Grow);
        lastGainChange = now;
        isLimited = false;
    }
}
