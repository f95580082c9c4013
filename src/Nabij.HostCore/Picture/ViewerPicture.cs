using Nabij.HostCore.Input;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Picture;

/// <summary>
/// The picture of one participant: what was sent, what may differ, how much is under way (docs/protocol/05). The
/// picture thread sends; the reader hands in what the viewer says; the session opens and closes it. Nothing is queued
/// here but the one update being sent: while the line is busy, damage gathers and the newest pixels win.
/// </summary>
public sealed class ViewerPicture : IDisposable
{
    private readonly Lock gate = new();
    private readonly SendQueues queues;
    private readonly IVideoEncoder encoder;
    private readonly FlowWindow window;
    private readonly TimeProvider time;
    private readonly RemoteInput? input;
    private readonly QualityLadder ladder;
    private readonly EchoFinder echo = new();
    private readonly CursorFeed cursor;
    private readonly UpdateSender sender;
    private BlockMap pending = new(ScreenLimits.LeastSide, ScreenLimits.LeastSide);
    private uint layoutNumber, update, checkedUpdate;
    private int bytesSinceCheck;
    private TimeSpan? lastUpdateAt, lastEchoAt, lastRefinementAt;
    private TimeSpan lastStartAt, lastCheckAt;
    private volatile bool isOpen, mustStart, wantsRepair;
    // The screen of the last layout, and that screen once the viewer has painted an update of it.
    private volatile ScreenLayout? started, seen;

    public ViewerPicture(SendQueues queues, IVideoEncoder encoder, TimeProvider time, RemoteInput? input = null)
    {
        this.queues = queues;
        this.encoder = encoder;
        this.time = time;
        this.input = input;
        window = new FlowWindow(time);
        ladder = new QualityLadder(window);
        cursor = new CursorFeed(queues, time, input);
        sender = new UpdateSender(queues);
    }

    /// <summary>Bytes of picture sent and not yet presented.</summary>
    public int BytesUnderWay => window.BytesUnderWay;

    /// <summary>The quality of the last update.</summary>
    public PictureQuality Quality => ladder.Quality;

    /// <summary>True while the viewer may see the screen.</summary>
    public bool IsOpen => isOpen;

    /// <summary>
    /// True when the places that this viewer names are pixels of this screen: it has painted an update of it, or never got
    /// a layout. Any thread; waits for nobody.
    /// </summary>
    internal bool Shows(ScreenLayout screen) => started is null || screen.Equals(seen);

    /// <summary>Lets the viewer see the screen, from a new layout on. Any thread.</summary>
    public void Open()
    {
        mustStart = true;
        isOpen = true;
    }

    /// <summary>From now on nothing of the screen leaves: what waits is dropped, what is being coded has nowhere to go. Any thread.</summary>
    public void Close()
    {
        isOpen = false;
        // Under the lock of Start: whoever opens the queue has seen that the picture is open, or does not open it.
        lock (gate) queues.ClosePicture();
    }

    /// <summary>The viewer painted an update.</summary>
    /// <exception cref="WireFormatException">It was never sent, or the numbers fall.</exception>
    public void Presented(Presented message)
    {
        lock (gate)
        {
            if (message.Layout > layoutNumber) throw new WireFormatException(WireError.InvalidValue);
            if (message.Layout < layoutNumber || mustStart) return;
            window.Presented(message.Update, TimeSpan.FromMicroseconds((double)message.DecodeMicroseconds + message.PresentMicroseconds));
            seen = started;
        }
    }

    /// <summary>The viewer's picture is wrong: it starts anew, at most once a second.</summary>
    /// <exception cref="WireFormatException">There is no such layout.</exception>
    public void Repair(Repair message)
    {
        lock (gate)
        {
            if (message.Layout > layoutNumber) throw new WireFormatException(WireError.InvalidValue);
            if (message.Layout == layoutNumber) wantsRepair = true;
        }
    }

    /// <summary>The pixels were captured again; these blocks may differ. Picture thread.</summary>
    internal void Captured(BlockMap damaged)
    {
        if (damaged.Columns != pending.Columns || damaged.Rows != pending.Rows) return;
        pending.Add(damaged);
        if (isOpen && !mustStart) echo.Note(damaged, pending, IsInputFresh, Now);
    }

    /// <summary>The screen has another size or other monitors. Picture thread.</summary>
    internal void ScreenReplaced() => mustStart = true;

    /// <summary>
    /// How long until this picture can take newer pixels: zero for now, null when it needs none or waits for the viewer
    /// or the line. Picture thread.
    /// </summary>
    /// <param name="hasDamage">Something changed on the screen since it was captured.</param>
    internal TimeSpan? UntilReady(bool hasDamage)
    {
        if (!isOpen || !queues.IsScreenEmpty) return null;
        if (mustStart) return TimeSpan.Zero;
        if (wantsRepair) return Left(lastStartAt, PictureTiming.LeastBetweenRepairs);
        var any = hasDamage || !pending.IsEmpty ? UntilUpdate() : null;
        var answer = hasDamage && IsInputFresh || !echo.Found.IsEmpty ? UntilEcho() : null;
        return any < answer ? any : answer ?? any;
    }

    /// <summary>Sends the difference to the newest capture, and the layout first where that is due. Picture thread.</summary>
    internal void Send(IScreenSource source)
    {
        if ((mustStart || wantsRepair) && !TryStart(source.Layout)) return;
        var captured = Now;
        if (MustSendEchoApart && UntilEcho() == TimeSpan.Zero) SendEcho(source.Pixels, captured);
        if (UntilUpdate() == TimeSpan.Zero) SendNewest(source.Pixels, captured);
        if (bytesSinceCheck > PictureLimits.LittleBytes && Left(lastCheckAt, PictureTiming.CheckEvery) == TimeSpan.Zero) SendCheck();
    }

    /// <summary>How long until blocks that are only approximated may be made exact; null when there are none, or no room.</summary>
    internal TimeSpan? UntilRefinement()
    {
        if (!isOpen || mustStart || wantsRepair || !pending.IsEmpty || !queues.IsScreenEmpty) return null;
        if (encoder.UntilRefinement(Now) is not { } due || !window.HasSpare) return null;
        var spacing = Left(lastUpdateAt > lastRefinementAt ? lastUpdateAt : lastRefinementAt ?? lastUpdateAt, PictureTiming.LeastBetweenUpdates);
        return due > spacing ? due : spacing;
    }

    /// <summary>Makes a few blocks exact, when nothing else is to be sent. Picture thread.</summary>
    internal void Refine()
    {
        var now = Now;
        lastRefinementAt = now;
        if (!encoder.EncodeRefinement(now, pending, Focus, RefinementBytes, sender.Begin())) return;
        var number = update + 1;
        window.Sending(number);
        Finish(number, SendPiece(number, UpdateFlags.Last, now), wasCut: false);
        lastUpdateAt = now;
    }

    /// <summary>How long until a hash is due; null when the last update's was sent. Picture thread.</summary>
    internal TimeSpan? UntilCheck() =>
        isOpen && !mustStart && lastUpdateAt is not null && checkedUpdate != update ? UntilCheckDue() : null;

    private TimeSpan UntilCheckDue()
    {
        var settled = Left(lastUpdateAt, PictureTiming.CheckAfter);
        if (bytesSinceCheck > PictureLimits.LittleBytes) return settled;
        var spaced = Left(lastCheckAt, PictureTiming.CheckAtLeast);
        return settled > spaced ? settled : spaced;
    }

    /// <summary>Sends the hash of the picture after the last update. Picture thread.</summary>
    internal void SendCheck()
    {
        checkedUpdate = update;
        bytesSinceCheck = 0;
        lastCheckAt = Now;
        sender.SendCheck(layoutNumber, update, encoder.Hash(update));
    }

    /// <summary>Sends the pointer's image and place where they changed. Picture thread.</summary>
    internal void SendCursor(IScreenSource source)
    {
        if (isOpen && !mustStart) cursor.Send(source);
    }

    /// <summary>True while an image of the pointer waits, because there were too many of them.</summary>
    internal bool HasWaitingCursor => cursor.HasWaitingImage;

    /// <summary>How long until the pointer's place may be told again, when it may have changed.</summary>
    internal TimeSpan UntilPosition() => cursor.UntilPosition();

    public void Dispose()
    {
        Close();
        encoder.Dispose();
        sender.Dispose();
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private bool IsInputFresh => input is { IsFresh: true };

    // Where the viewer acts: where the last answer to a key appeared, else where the pointer is.
    private (int X, int Y)? Focus => echo.PlaceAt(Now) ?? input?.LastPointer;

    private bool MustSendEchoApart => !echo.Found.IsEmpty && (UntilUpdate() != TimeSpan.Zero || !echo.Found.Covers(pending));

    // What is made exact must not be felt by what comes after it.
    private int RefinementBytes =>
        Math.Clamp(window.BytesWithin(PictureLimits.LongestRefinement), PictureLimits.LeastRefinementBytes, PictureLimits.MostRefinementBytes);

    private TimeSpan? UntilUpdate()
    {
        if (window.UntilOpen() is not { } open) return null;
        var spacing = Left(lastUpdateAt, PictureTiming.LeastBetweenUpdates);
        return open > spacing ? open : spacing;
    }

    private TimeSpan? UntilEcho() => window.IsOpenForEcho ? Left(lastEchoAt, PictureTiming.LeastBetweenUpdates) : null;

    // The answer to the viewer's input goes by itself before the rest, and beyond the window when it is small.
    private void SendEcho(PixelView pixels, TimeSpan captured)
    {
        var answer = echo.Found;
        pending.Remove(answer);
        var isSmall = encoder.Begin(pixels, answer, captured) > 0 && encoder.EstimateBytes(ladder.Quality) <= PictureLimits.MostEchoBytes;
        if (isSmall)
        {
            SendPieces(pixels, answer, captured);
            lastEchoAt = captured;
        }
        pending.Add(answer); // what was cut, or is too much
        answer.Clear();
    }

    private void SendNewest(PixelView pixels, TimeSpan captured)
    {
        echo.Found.Clear();
        var isNew = encoder.Begin(pixels, pending, captured) > 0;
        if (isNew) SendPieces(pixels, pending, captured);
        // The first update after a layout is sent even when the screen is as black as the viewer's, so that there is
        // something to present.
        else if (update == 0) SendEmpty(captured);
        if (isNew || lastUpdateAt is null) lastUpdateAt = captured;
    }

    private void SendPieces(PixelView pixels, BlockMap blocks, TimeSpan captured)
    {
        var flags = IsInputFresh ? UpdateFlags.Echo : UpdateFlags.None;
        var goals = new PieceGoals(ladder.Choose(encoder, captured), flags == UpdateFlags.None ? null : Focus);
        var (number, budget, sent) = (update + 1, Budget(flags != UpdateFlags.None), 0);
        window.Sending(number);
        while (isOpen && (flags & UpdateFlags.Last) == 0 && encoder.EncodePiece(pixels, blocks, goals, sender.Begin()))
        {
            if (blocks.IsEmpty || sent + sender.Length >= budget) flags |= UpdateFlags.Last;
            sent += SendPiece(number, flags, captured);
        }
        Finish(number, sent, wasCut: !blocks.IsEmpty);
    }

    // A larger update is cut: what comes first is seen sooner, and the rest is captured anew.
    private int Budget(bool isInputFresh)
    {
        var time = isInputFresh ? PictureLimits.LongestUpdateBesideInput : PictureLimits.LongestUpdate;
        return Math.Clamp(window.BytesWithin(time), PictureLimits.LeastUpdateBytes, PictureLimits.MostUpdateBytes);
    }

    private int SendPiece(uint number, UpdateFlags flags, TimeSpan captured)
    {
        var length = sender.Length;
        sender.Send(new UpdateHead(layoutNumber, number, flags, (ulong)captured.TotalMicroseconds, encoder.Codec));
        return length;
    }

    private void SendEmpty(TimeSpan captured)
    {
        var number = update + 1;
        window.Sending(number);
        encoder.EncodeNothing(sender.Begin());
        Finish(number, SendPiece(number, UpdateFlags.Last, captured), wasCut: false);
    }

    private void Finish(uint number, int sent, bool wasCut)
    {
        lock (gate)
        {
            update = number;
            bytesSinceCheck += sent;
            window.Sent(number, sent, wasCut);
        }
    }

    // False when the picture was closed since it was captured.
    private bool TryStart(ScreenLayout layout)
    {
        lock (gate)
        {
            if (!isOpen) return false;
            mustStart = wantsRepair = false;
            queues.OpenPicture();
            layoutNumber = queues.LastLayout + 1;
            if (!layout.Equals(seen)) seen = null;
            started = layout;
            update = checkedUpdate = 0;
            bytesSinceCheck = PictureLimits.LittleBytes + 1; // the first hash comes soon, whatever the picture costs
            window.Restart();
        }
        pending = new BlockMap(layout.Width, layout.Height);
        pending.MarkAll();
        encoder.Reset(layout.Width, layout.Height);
        echo.Restart(layout.Width, layout.Height);
        cursor.Restart();
        (lastUpdateAt, lastEchoAt, lastRefinementAt) = (null, null, null);
        lastStartAt = lastCheckAt = Now;
        sender.Send(new Layout(layoutNumber, layout.Width, layout.Height, layout.Displays), layoutNumber);
        // An update of nothing, to hear how far the viewer is before much is under way.
        if (!window.KnowsTrip) SendEmpty(lastStartAt);
        return true;
    }

    private TimeSpan Left(TimeSpan? since, TimeSpan whole)
    {
        if (since is not { } at) return TimeSpan.Zero;
        var left = at + whole - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
