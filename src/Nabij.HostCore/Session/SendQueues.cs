using System.Buffers;
using Nabij.HostCore.Files;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Session;

/// <summary>
/// What waits to be sent to one participant, by channel: control messages in order, the newest pointer image and place,
/// the pieces of one update of the picture, the chat, which takes turns with the picture, copied text, and one message of
/// the files (docs/protocol/04, "Channels"). Everything is bounded. Any thread may put; one writer takes, fragment by fragment, the most urgent
/// channel first.
/// </summary>
public sealed class SendQueues : IDisposable
{
    private const int MostControlMessages = 256, MostInvitations = 16;

    private readonly Lock gate = new();
    private readonly Queue<byte[]> control = new();
    private readonly Queue<ScreenPiece> screen = new();
    private readonly Queue<byte[]> invitations = new();
    private readonly ChatQueue chat = new();
    private readonly FileSlot file;
    private readonly ClipboardQueue clipboard = new();
    private readonly SemaphoreSlim work = new(0, 1);
    private byte[]? cursorShape, cursorPosition, facts, everybody;
    private ScreenPiece? cutPiece;
    private byte[]? cutShape;
    private int cutPieceSent, cutShapeSent;
    private bool isPictureOpen, isChatsTurn, isDisposed;

    public SendQueues(TimeProvider? time = null) => file = new FileSlot(time ?? TimeProvider.System, Signal);

    /// <summary>A screen message in a rented buffer, which this class returns to the pool.</summary>
    private readonly record struct ScreenPiece(byte[] Rented, int Length, uint Layout);

    /// <summary>True when no message of the screen channel is on its way out.</summary>
    public bool IsScreenEmpty
    {
        get { lock (gate) return screen.Count == 0 && cutPiece is null; }
    }

    /// <summary>True when something may be taken now.</summary>
    public bool HasAnything
    {
        get
        {
            lock (gate)
            {
                var hasPicture = screen.Count > 0 || cutPiece is not null || cursorShape is not null || cutShape is not null || cursorPosition is not null;
                return control.Count > 0 || everybody is not null || invitations.Count > 0 || facts is not null || !chat.IsEmpty || !clipboard.IsEmpty || isPictureOpen && hasPicture || file.IsReady;
            }
        }
    }

    /// <summary>Runs when the last waiting screen message has been taken; the picture thread looks for more then.</summary>
    public Action? ScreenDrained { get; set; }

    /// <summary>Runs when there is room for a message of the files again. Must return at once.</summary>
    public Action? FileRoom { get; set; }

    /// <summary>Runs when a control message found no room: the other side takes nothing, the connection is dead. Must return at once.</summary>
    public Action? ControlFull { get; set; }

    /// <summary>Puts a control message; false, after <see cref="ControlFull"/>, when 256 of them wait already.</summary>
    public bool PutControl(byte[] message)
    {
        bool hasRoom;
        lock (gate)
        {
            hasRoom = control.Count < MostControlMessages;
            if (hasRoom) control.Enqueue(message);
        }
        if (hasRoom) Signal();
        else ControlFull?.Invoke();
        return hasRoom;
    }

    /// <summary>Puts who takes part: only the newest waits.</summary>
    public void PutEverybody(byte[] message)
    {
        lock (gate)
        {
            if (!isDisposed) everybody = message;
        }
        Signal();
    }

    /// <summary>Puts how an invitation stands; nothing when 16 such words wait already.</summary>
    public void PutInvitation(byte[] message)
    {
        lock (gate)
        {
            if (!isDisposed && invitations.Count < MostInvitations) invitations.Enqueue(message);
        }
        Signal();
    }

    /// <summary>Puts the answer to a request for facts; there is one at a time.</summary>
    public void PutFacts(byte[] message)
    {
        lock (gate)
        {
            if (!isDisposed) facts = message;
        }
        Signal();
    }

    /// <summary>Drops it where it waits.</summary>
    public void DropFacts()
    {
        lock (gate) facts = null;
    }

    /// <summary>Puts a message of the chat: lines wait in order, of the marks only the newest. The conversation bounds the lines.</summary>
    public void PutChat(ChatMessage message)
    {
        lock (gate)
        {
            if (!isDisposed) chat.Put(message);
        }
        Signal();
    }

    /// <summary>Drops what waits of the chat.</summary>
    public void DropChat()
    {
        lock (gate) chat.Clear();
    }

    /// <summary>Puts an ANSWER, or the newest TAKEN.</summary>
    public void PutClipboard(ClipboardMessage message)
    {
        lock (gate)
        {
            if (!isDisposed) clipboard.Put(message);
        }
        Signal();
    }

    /// <summary>Begins to send a text of the customer, for this REQUEST or for none (0).</summary>
    public void PutText(uint number, uint request, byte[] text)
    {
        lock (gate)
        {
            if (!isDisposed) clipboard.Begin(number, request, text);
        }
        Signal();
    }

    /// <summary>True while a text of the customer is on its way.</summary>
    public bool HasText
    {
        get { lock (gate) return clipboard.HasText; }
    }

    /// <summary>Gives up the customer's text: the REQUEST that it answered, 0 for none; null when there is no text.</summary>
    public uint? DropText()
    {
        lock (gate) return clipboard.Drop();
    }

    /// <summary>So much of the customer's text has arrived; its length once that is all of it.</summary>
    /// <exception cref="Nabij.Protocol.Wire.WireFormatException">More than was sent.</exception>
    public int? NoteTaken(ClipboardTaken taken)
    {
        int? whole;
        lock (gate) whole = clipboard.Note(taken);
        Signal();
        return whole;
    }

    /// <summary>Replaces the waiting pointer image; nothing while the picture is closed.</summary>
    public void PutCursorShape(byte[] message) => PutCursor(ref cursorShape, message);

    /// <summary>Replaces the waiting pointer place; nothing while the picture is closed.</summary>
    public void PutCursorPosition(byte[] message) => PutCursor(ref cursorPosition, message);

    /// <summary>
    /// Puts a screen message; the buffer was rented from the shared pool and is this class's from now on. False, and
    /// the message is gone, while the picture is closed.
    /// </summary>
    /// <param name="rented">Buffer from ArrayPool.Shared.</param>
    /// <param name="length">Bytes of it that are the message.</param>
    /// <param name="layout">The layout that it belongs to.</param>
    public bool PutScreen(byte[] rented, int length, uint layout)
    {
        lock (gate)
        {
            if (!isPictureOpen)
            {
                ArrayPool<byte>.Shared.Return(rented);
                return false;
            }
            screen.Enqueue(new ScreenPiece(rented, length, layout));
        }
        Signal();
        return true;
    }

    /// <summary>Number of the last layout of which the viewer has at least the beginning; 0 for none.</summary>
    public uint LastLayout { get; private set; }

    /// <summary>Lets screen and cursor messages in.</summary>
    public void OpenPicture()
    {
        lock (gate) isPictureOpen = !isDisposed;
    }

    /// <summary>
    /// Drops everything of screen and cursor that waits and lets nothing in. What was sent in part stays so: the viewer
    /// forgets its beginning, and an unfinished update, at the STOPPED or REVOKE that follows (docs/protocol/04).
    /// </summary>
    public void ClosePicture()
    {
        lock (gate)
        {
            isPictureOpen = false;
            while (screen.TryDequeue(out var piece)) ArrayPool<byte>.Shared.Return(piece.Rented);
            if (cutPiece is { } cut) ArrayPool<byte>.Shared.Return(cut.Rented);
            cutPiece = null;
            cutShape = cursorShape = cursorPosition = null;
        }
    }

    /// <summary>Puts a message of the files, when there is room and its way is open.</summary>
    internal SlotAnswer PutFile(FileWay way, byte[] message, bool hasContent)
    {
        SlotAnswer answer;
        lock (gate) answer = isDisposed ? SlotAnswer.Closed : file.Put(way, message, hasContent);
        if (answer == SlotAnswer.Taken) Signal();
        return answer;
    }

    /// <summary>True when no message of the files waits.</summary>
    internal bool HasFileRoom
    {
        get { lock (gate) return file.IsEmpty; }
    }

    /// <summary>Lets messages about files of this way in.</summary>
    internal void OpenFiles(FileWay way)
    {
        lock (gate) file.Open(way);
    }

    /// <summary>Drops what waits of this way and lets nothing of it in.</summary>
    internal void CloseFiles(FileWay way)
    {
        lock (gate) file.Close(way);
    }

    /// <summary>Drops everything that waits: the connection that it was for is lost, and what comes after begins anew.</summary>
    public void DropAll()
    {
        lock (gate)
        {
            ClosePicture();
            facts = everybody = null;
            control.Clear();
            invitations.Clear();
            chat.Clear();
            file.Clear();
            clipboard.Clear();
        }
    }

    /// <summary>
    /// Copies the most urgent waiting payload, at most one fragment, into <paramref name="destination"/> (at least
    /// 65,530 bytes); false when nothing waits. <paramref name="hasMore"/> when fragments of the same message follow.
    /// </summary>
    public bool TryTake(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        var drained = false;
        bool taken;
        lock (gate)
        {
            taken = TakeControl(destination, out channel, out hasMore, out length)
                || TakePeople(destination, out channel, out hasMore, out length)
                || TakeFacts(destination, out channel, out hasMore, out length)
                || isPictureOpen && TakeCursor(destination, out channel, out hasMore, out length)
                || isChatsTurn && TakeChat(destination, out channel, out hasMore, out length)
                || isPictureOpen && TakeScreen(destination, out channel, out hasMore, out length, out drained)
                || TakeChat(destination, out channel, out hasMore, out length)
                || TakeClipboard(destination, out channel, out hasMore, out length)
                || TakeFile(destination, out channel, out length);
        }
        if (drained) ScreenDrained?.Invoke();
        if (taken && channel == Channel.Files) FileRoom?.Invoke();
        return taken;
    }

    /// <summary>Waits until something may be there to take. One waiter only: the writer.</summary>
    public Task WaitAsync(CancellationToken cancellation) => work.WaitAsync(cancellation);

    /// <summary>Returns the buffers; nothing can be put or taken any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            ClosePicture();
            control.Clear();
            chat.Clear();
            clipboard.Clear();
            isDisposed = true;
            file.Dispose();
            work.Dispose();
        }
    }

    private void PutCursor(ref byte[]? slot, byte[] message)
    {
        lock (gate)
        {
            if (!isPictureOpen) return;
            slot = message;
        }
        Signal();
    }

    private bool TakeControl(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore, length) = (Channel.Control, false, 0);
        if (!control.TryDequeue(out var message)) return false;
        message.CopyTo(destination);
        length = message.Length;
        return true;
    }

    private bool TakePeople(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore, length) = (Channel.People, false, 0);
        var message = everybody;
        everybody = null;
        if (message is null && !invitations.TryDequeue(out message)) return false;
        message.CopyTo(destination);
        length = message.Length;
        return true;
    }

    private bool TakeFacts(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore, length) = (Channel.Facts, false, facts?.Length ?? 0);
        facts.CopyTo(destination);
        facts = null;
        return length > 0;
    }

    private bool TakeCursor(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore, length) = (Channel.Cursor, false, 0);
        if (cutShape is null && cursorShape is not null)
        {
            (cutShape, cutShapeSent) = (cursorShape, 0);
            cursorShape = null;
        }
        if (cutShape is { } shape)
        {
            (length, hasMore) = Copy(shape.AsSpan(cutShapeSent), destination);
            cutShapeSent += length;
            if (!hasMore) cutShape = null;
            return true;
        }
        if (cursorPosition is not { } position) return false;
        position.CopyTo(destination);
        length = position.Length;
        cursorPosition = null;
        return true;
    }

    private bool TakeScreen(Span<byte> destination, out Channel channel, out bool hasMore, out int length, out bool drained)
    {
        (channel, hasMore, length, drained) = (Channel.Screen, false, 0, false);
        if (cutPiece is null)
        {
            if (!screen.TryDequeue(out var next)) return false;
            (cutPiece, cutPieceSent) = (next, 0);
            LastLayout = next.Layout;
        }
        var piece = cutPiece.Value;
        (length, hasMore) = Copy(piece.Rented.AsSpan(cutPieceSent, piece.Length - cutPieceSent), destination);
        cutPieceSent += length;
        file.NotePicture(length, hasMore);
        if (hasMore) return true;
        cutPiece = null;
        isChatsTurn = true;
        ArrayPool<byte>.Shared.Return(piece.Rented);
        drained = screen.Count == 0;
        return true;
    }

    // Between two messages of the picture one of the chat, so that neither waits for more than one of the other.
    private bool TakeChat(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore) = (Channel.Chat, false);
        isChatsTurn = false;
        return (length = chat.Take(destination)) > 0;
    }

    private bool TakeFile(Span<byte> destination, out Channel channel, out int length)
    {
        channel = Channel.Files;
        return (length = file.Take(destination)) > 0;
    }

    private bool TakeClipboard(Span<byte> destination, out Channel channel, out bool hasMore, out int length)
    {
        (channel, hasMore) = (Channel.Clipboard, false);
        return (length = clipboard.Take(destination)) > 0;
    }

    private static (int Length, bool HasMore) Copy(ReadOnlySpan<byte> rest, Span<byte> destination)
    {
        var length = Math.Min(rest.Length, ChannelTable.PieceBytes);
        rest[..length].CopyTo(destination);
        return (length, rest.Length > length);
    }

    private void Signal()
    {
        lock (gate)
        {
            if (!isDisposed && work.CurrentCount == 0) work.Release();
        }
    }
}
