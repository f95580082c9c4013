using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Picture;

/// <summary>
/// How much picture may be under way to one viewer (docs/protocol/05, picture.md B6, decision 0013): bytes sent and not
/// yet presented stay below the line's rate x (least trip + the viewer's own time + 10 ms), at least one update.
/// Thread-safe: the picture thread sends, the reader hears of what was presented.
/// </summary>
public sealed class FlowWindow(TimeProvider time)
{
    // Tuning, from picture.md B6 and the simulation in the tests.
    private static readonly TimeSpan QueueAllowance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LateBy = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan EchoAllowance = TimeSpan.FromMilliseconds(20);
    // A viewer paints at 60 Hz: up to two frames between arrival and paint are its rhythm, more is a queue.
    private static readonly TimeSpan LongestViewerTime = TimeSpan.FromMilliseconds(34);
    private static readonly TimeSpan ShortTrip = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ShortQueue = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LeastSpread = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMicroseconds(100);
    private const double Shrink = 0.85, Grow = 1.05, GrowAtFirst = 1.5, Recover = 1.25, LeastGain = 0.25, GreatestGain = 1.25, GreatestGainAtFirst = 2;
    private const int FirstWindowBytes = 128 * 1024, LeastWindowBytes = 4 * 1024, GreatestWindowBytes = 8 * 1024 * 1024;
    private const int LeastBurstBytes = 16 * 1024, AssumedBytesPerSecond = 320 * 1024;
    private const int FewUpdates = 3, MostUpdatesUnderWay = 32, LateRoundsOfASlowerLine = 2;

    private readonly Lock gate = new();
    private readonly Queue<Flight> underWay = new(MostUpdatesUnderWay);
    private readonly LineRate rate = new();
    private readonly LeastTrip least = new();
    private int bytesUnderWay, newestBytes, lateRounds;
    private long delivered;
    private double gain = 1;
    private bool isWaitingForLine, wasLimitedInRound, isStarting;
    private uint lastSent, lastPresented, roundEnd;
    private TimeSpan deliveredAt, lineFreeAt, viewerTime, roundExcess = TimeSpan.MaxValue;
    private Flight next;

    /// <summary>
    /// One update on its way: when its last piece was handed over, what had arrived before its first one, and since when;
    /// starting is a line that was empty and has not answered yet.
    /// </summary>
    private readonly record struct Flight(
        uint Update, TimeSpan SentAt, int Bytes, long DeliveredBefore, TimeSpan DeliveredAt, bool WasAlone, bool WasStarting, bool WasFull);

    /// <summary>Bytes sent and not yet presented.</summary>
    public int BytesUnderWay
    {
        get { lock (gate) return bytesUnderWay; }
    }

    /// <summary>True when an update was presented at least once.</summary>
    public bool KnowsTrip
    {
        get { lock (gate) return least.Value is not null; }
    }

    /// <summary>When the line last held an update back, in steady time; the quality climbs when that was long ago.</summary>
    public TimeSpan LimitedAt { get; private set; }

    /// <summary>How many bytes the line carries in this time, as far as that is known.</summary>
    public int BytesWithin(TimeSpan span)
    {
        lock (gate)
        {
            var known = rate.IsMeasured ? rate.Value : Math.Max(rate.Value, AssumedBytesPerSecond);
            return (int)Math.Min(known * span.TotalSeconds, GreatestWindowBytes);
        }
    }

    /// <summary>How long the line takes for so many bytes; zero while no more is known than that it carries what came.</summary>
    public TimeSpan LineTime(int bytes)
    {
        lock (gate) return MeasuredTime(bytes);
    }

    /// <summary>
    /// How long until another update may be sent: zero for now, null when that is for the viewer to say. Anything but
    /// zero also notes that the line, not the screen, sets the pace.
    /// </summary>
    public TimeSpan? UntilOpen()
    {
        lock (gate)
        {
            var now = Now;
            var wait = HasRoom(now) ? TimeSpan.Zero : UntilLineFree(now);
            if (wait == TimeSpan.Zero) return wait;
            isWaitingForLine = true;
            LimitedAt = now;
            return wait;
        }
    }

    /// <summary>True when an update that answers the viewer's input may be sent: it may go a little beyond the window.</summary>
    public bool IsOpenForEcho
    {
        get { lock (gate) return underWay.Count == 0 || HasRoomForEcho(Now); }
    }

    /// <summary>True when there is room for what may as well come later, and holds nothing else back.</summary>
    public bool HasSpare
    {
        get
        {
            lock (gate)
            {
                var spare = rate.IsMeasured ? WindowBytes / Math.Max(1, gain) : WindowBytes; // no trying for more
                var hasSpare = underWay.Count == 0 || HasRoom(Now) && bytesUnderWay < spare;
                isWaitingForLine |= !hasSpare;
                return hasSpare;
            }
        }
    }

    /// <summary>The pieces of an update begin to leave: from now on the viewer may say that it presented it.</summary>
    public void Sending(uint update)
    {
        lock (gate)
        {
            var now = Now;
            lastSent = update;
            var isAlone = underWay.Count == 0;
            if (isAlone) (deliveredAt, isStarting) = (now, true);
            next = new Flight(update, now, 0, delivered, deliveredAt, isAlone, isStarting, isWaitingForLine);
            isWaitingForLine = false;
        }
    }

    /// <summary>An update of this many bytes has been handed to the sender; <paramref name="wasCut"/> when more was waiting.</summary>
    public void Sent(uint update, int bytes, bool wasCut)
    {
        lock (gate)
        {
            isWaitingForLine |= wasCut;
            if (update <= lastPresented)
            {
                delivered += bytes; // the viewer was faster than this thread
                return;
            }
            bytesUnderWay += bytes;
            newestBytes = bytes;
            lineFreeAt = (lineFreeAt > Now ? lineFreeAt : Now) + MeasuredTime(bytes);
            underWay.Enqueue(next with { Update = update, SentAt = Now, Bytes = bytes });
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
                delivered += flight.Bytes;
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
            lastSent = lastPresented = roundEnd = 0;
            isWaitingForLine = wasLimitedInRound = false;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    // What one update may take from leaving to being heard of, when all goes well.
    private TimeSpan WindowTime => (least.Value ?? TimeSpan.Zero) + viewerTime + QueueAllowance;

    private int WindowBytes
    {
        get
        {
            if (rate.Value <= 0) return FirstWindowBytes;
            var floor = rate.IsMeasured ? LeastWindowBytes : FirstWindowBytes;
            return (int)Math.Clamp(rate.Value * WindowTime.TotalSeconds * gain, floor, GreatestWindowBytes);
        }
    }

    // Bytes alone do not show a viewer that is slow at decoding: one update for each 8 ms of the window's time.
    private int WindowUpdates => Math.Clamp((int)((WindowTime / PictureTiming.LeastBetweenUpdates + 1) * gain) + 1, 2, MostUpdatesUnderWay);

    private bool HasRoom(TimeSpan now)
    {
        if (underWay.Count == 0) return true;
        // One by one, until the trip is known again; and not one while the line seems to have stopped.
        if (least.IsOld(now) || IsOverdue(now)) return false;
        if (bytesUnderWay < WindowBytes && underWay.Count < WindowUpdates) return true;
        // On a fast line the viewer's frames, not bytes, are what is waited for.
        return least.Value < ShortTrip && lateRounds == 0 && underWay.Count < FewUpdates && MeasuredTime(bytesUnderWay) < ShortQueue;
    }

    private bool HasRoomForEcho(TimeSpan now) =>
        !IsOverdue(now) && underWay.Count < MostUpdatesUnderWay
        && bytesUnderWay < WindowBytes + Math.Max(LeastWindowBytes, rate.Value * EchoAllowance.TotalSeconds);

    // A window of hardly more than one update would leave the line idle until the viewer has answered. Where its rate is
    // known, one update more goes when the line has just about carried the last one.
    private TimeSpan? UntilLineFree(TimeSpan now)
    {
        if (!rate.IsMeasured || lateRounds > 0 || underWay.Count >= FewUpdates || least.IsOld(now) || IsOverdue(now)) return null;
        if (bytesUnderWay >= WindowBytes + newestBytes) return null;
        var left = lineFreeAt - QueueAllowance / 2 - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private bool IsOverdue(TimeSpan now) =>
        underWay.TryPeek(out var oldest) && least.Value is { } trip
        && now - oldest.SentAt > trip + LongestViewerTime + LateBy + MeasuredTime(oldest.Bytes);

    private TimeSpan MeasuredTime(int bytes) => rate.IsMeasured ? TimeSpan.FromSeconds(bytes / rate.Value) : TimeSpan.Zero;

    private void Learn(Flight flight, TimeSpan told)
    {
        var now = Now;
        var whole = now - flight.SentAt;
        var ofViewer = told < whole ? told : whole;
        var rhythm = ofViewer < LongestViewerTime ? ofViewer : LongestViewerTime;
        viewerTime = (viewerTime * 7 + rhythm) / 8;
        var own = MeasuredTime(flight.Bytes);
        if (least.Note(whole - ofViewer, flight.WasAlone ? whole - ofViewer - own : null, now)) gain = 1;
        LearnRate(flight, now - ofViewer, hasQueued: whole - ofViewer - own - least.Value!.Value > LeastSpread);
        if (flight.WasFull) wasLimitedInRound = true;
        var excess = whole - rhythm - least.Value!.Value - own;
        if (excess < roundExcess) roundExcess = excess;
        if (flight.Update >= roundEnd) EndRound();
    }

    private void LearnRate(Flight flight, TimeSpan arrivedAt, bool hasQueued)
    {
        var bytes = delivered - flight.DeliveredBefore;
        // Without a queue it was the window, not the line, that set the pace: the line carries at least so much.
        rate.Note(bytes / Seconds(arrivedAt - flight.DeliveredAt), wasFull: flight.WasFull && !flight.WasStarting && hasQueued);
        (deliveredAt, isStarting) = (arrivedAt, false);
        if (!flight.WasStarting || bytes < LeastBurstBytes) return;
        // A burst into an empty line arrives as slowly as the line is, once the way itself is taken off, unless it was
        // this computer that took long over it.
        var spread = arrivedAt - flight.DeliveredAt - least.Value!.Value;
        var sending = flight.SentAt - flight.DeliveredAt;
        if (spread > LeastSpread && spread > sending * 1.5) rate.Note(bytes / Seconds(spread), wasFull: true);

        static double Seconds(TimeSpan span) => Math.Max(span.TotalSeconds, LeastInterval.TotalSeconds);
    }

    private double Grown()
    {
        if (!rate.IsMeasured) return Math.Min(GreatestGainAtFirst, gain * GrowAtFirst);
        return gain < 1 ? Math.Min(1, gain * Recover) : Math.Min(GreatestGain, gain * Grow);
    }

    // The best of a round counts, since one loss on the line makes all that come behind it late.
    private void EndRound()
    {
        var isLate = roundExcess > LateBy;
        lateRounds = isLate ? lateRounds + 1 : 0;
        if (isLate) gain = Math.Max(LeastGain, gain * Shrink);
        else if (roundExcess > QueueAllowance) gain = Math.Min(gain, 1);
        else if (wasLimitedInRound) gain = Grown();
        if (rate.IsMeasured) gain = Math.Min(gain, GreatestGain);
        if (lateRounds >= LateRoundsOfASlowerLine) rate.Forget();
        else if (wasLimitedInRound) rate.EndRound();
        (roundEnd, roundExcess, wasLimitedInRound) = (lastSent + 1, TimeSpan.MaxValue, false);
    }
}
