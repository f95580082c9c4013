using System.Buffers;
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
    private readonly ArrayBufferWriter<byte> content = new(64 * 1024);
    private BlockMap pending = new(ScreenLimits.LeastSide, ScreenLimits.LeastSide);
    private uint layoutNumber, update, checkedUpdate;
    private long lastUpdateAt, lastStartAt, lastPositionAt;
    private bool hasSentUpdate;
    private volatile bool isOpen, mustStart, wantsRepair;
    private CursorImage? sentCursor;
    private bool hasSentCursor;
    private (int X, int Y, bool IsOwn)? sentPosition;

    public ViewerPicture(SendQueues queues, IVideoEncoder encoder, TimeProvider time, RemoteInput? input = null)
    {
        this.queues = queues;
        this.encoder = encoder;
        this.time = time;
        this.input = input;
        window = new FlowWindow(time);
    }

    /// <summary>Bytes of picture sent and not yet presented.</summary>
    public int BytesUnderWay => window.BytesUnderWay;

    /// <summary>True while the viewer may see the screen.</summary>
    public bool IsOpen => isOpen;

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
        if (damaged.Columns == pending.Columns && damaged.Rows == pending.Rows) pending.Add(damaged);
    }

    /// <summary>The screen has another size or other monitors. Picture thread.</summary>
    internal void ScreenReplaced() => mustStart = true;

    /// <summary>How long until this picture can take newer pixels: zero for now, null when it waits for the viewer or the line.</summary>
    internal TimeSpan? UntilReady()
    {
        if (!isOpen || !queues.IsScreenEmpty) return null;
        if (mustStart) return TimeSpan.Zero;
        if (wantsRepair) return Left(lastStartAt, PictureTiming.LeastBetweenRepairs);
        if (!window.IsOpen()) return null;
        return hasSentUpdate ? Left(lastUpdateAt, PictureTiming.LeastBetweenUpdates) : TimeSpan.Zero;
    }

    /// <summary>True when some block may differ from what the viewer has.</summary>
    internal bool HasPending => mustStart || wantsRepair || !pending.IsEmpty;

    /// <summary>How long until the hash of the last update is due; null when it was sent.</summary>
    internal TimeSpan? UntilCheck() =>
        isOpen && !mustStart && hasSentUpdate && checkedUpdate != update ? Left(lastUpdateAt, PictureTiming.CheckAfter) : null;

    /// <summary>Sends the difference to the newest capture, and the layout first where that is due. Picture thread.</summary>
    internal void Send(IScreenSource source)
    {
        if ((mustStart || wantsRepair) && !TryStart(source.Layout)) return;
        var number = update + 1;
        var isNew = encoder.Begin(source.Pixels, pending, time.GetElapsedTime(0)) > 0;
        if (!isNew && update > 0) return;
        window.Sending(number);
        var sent = isNew ? SendPieces(source.Pixels, number) : PutEmpty(number);
        lock (gate)
        {
            update = number;
            window.Sent(number, sent, wasCut: !pending.IsEmpty);
        }
        lastUpdateAt = time.GetTimestamp();
        hasSentUpdate = true;
    }

    private int SendPieces(PixelView pixels, uint number)
    {
        var captured = Now;
        var budget = window.Budget;
        var flags = input is { IsFresh: true } ? UpdateFlags.Echo : UpdateFlags.None;
        var goals = new PieceGoals(PictureQuality.Fine, Focus: null);
        var sent = 0;
        while (isOpen && !flags.HasFlag(UpdateFlags.Last))
        {
            content.ResetWrittenCount();
            if (!encoder.EncodePiece(pixels, pending, goals, content)) break;
            if (pending.IsEmpty || sent + content.WrittenCount >= budget) flags |= UpdateFlags.Last;
            sent += PutPiece(new Update(layoutNumber, number, flags, captured, encoder.Codec, content.WrittenMemory));
        }
        return sent;
    }

    /// <summary>Sends the hash of the picture after the last update. Picture thread.</summary>
    internal void SendCheck()
    {
        checkedUpdate = update;
        Put(new Check(layoutNumber, update, encoder.Hash(update)));
    }

    /// <summary>Sends the pointer's image and place where they changed. Picture thread.</summary>
    internal void SendCursor(IScreenSource source)
    {
        if (!isOpen || mustStart) return;
        if (!hasSentCursor || !ReferenceEquals(sentCursor, source.Cursor)) SendShape(source.Cursor);
        if (sentPosition is not null && Left(lastPositionAt, PictureTiming.LeastBetweenPositions) > TimeSpan.Zero) return;
        var (x, y) = source.PointerPosition;
        var isOwn = input?.LastPointer == (x, y);
        // While the viewer's own hand moves the pointer it knows where it is.
        if (sentPosition == (x, y, isOwn) || isOwn && sentPosition is { IsOwn: true }) return;
        sentPosition = (x, y, isOwn);
        lastPositionAt = time.GetTimestamp();
        queues.PutCursorPosition(new CursorPosition((ushort)x, (ushort)y, isOwn).Encode());
    }

    /// <summary>How long until the pointer's place may be told again, when it may have changed.</summary>
    internal TimeSpan UntilPosition() => sentPosition is null ? TimeSpan.Zero : Left(lastPositionAt, PictureTiming.LeastBetweenPositions);

    public void Dispose()
    {
        Close();
        encoder.Dispose();
    }

    private void SendShape(CursorImage? cursor)
    {
        (sentCursor, hasSentCursor) = (cursor, true);
        CursorMessage message = cursor is null
            ? new CursorHidden()
            : new CursorShape(cursor.Width, cursor.Height, cursor.HotspotX, cursor.HotspotY, CursorBytes(cursor));
        queues.PutCursorShape(message.Encode());
    }

    private static byte[] CursorBytes(CursorImage cursor)
    {
        var bytes = new byte[cursor.Pixels.Length * 4];
        var at = 0;
        foreach (var pixel in cursor.Pixels.Span)
        {
            bytes[at++] = (byte)(pixel >> 16);
            bytes[at++] = (byte)(pixel >> 8);
            bytes[at++] = (byte)pixel;
            bytes[at++] = (byte)(pixel >> 24);
        }
        return bytes;
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
            update = checkedUpdate = 0;
            window.Restart();
        }
        pending = new BlockMap(layout.Width, layout.Height);
        pending.MarkAll();
        encoder.Reset(layout.Width, layout.Height);
        (hasSentUpdate, hasSentCursor, sentPosition) = (false, false, null);
        lastStartAt = time.GetTimestamp();
        Put(new Layout(layoutNumber, layout.Width, layout.Height, layout.Displays));
        return true;
    }

    // The first update after a layout is sent even when the screen is as black as the viewer's, so that there is something
    // to present.
    private int PutEmpty(uint number)
    {
        content.ResetWrittenCount();
        encoder.EncodeNothing(content);
        return PutPiece(new Update(layoutNumber, number, UpdateFlags.Last, Now, encoder.Codec, content.WrittenMemory));
    }

    private int PutPiece(Update piece)
    {
        Put(piece);
        return piece.EncodedLength;
    }

    private void Put(ScreenMessage message)
    {
        var rented = ArrayPool<byte>.Shared.Rent(message.EncodedLength);
        queues.PutScreen(rented, message.Encode(rented), layoutNumber);
    }

    /// <summary>The host's steady clock, in microseconds.</summary>
    private ulong Now => (ulong)time.GetElapsedTime(0).TotalMicroseconds;

    private TimeSpan Left(long since, TimeSpan whole)
    {
        var left = whole - time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
