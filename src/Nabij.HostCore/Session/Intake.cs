using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Files;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.People;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// What comes from one viewer: decoded strictly, counted against the rates of docs/protocol/04, 06, 07 and 11, and carried
/// out through the gate only. Survives the loss of a connection. On the thread that reads the connection, message by
/// message; effects happen under the gate's lock and must be short, what they bring is told outside of it.
/// </summary>
internal sealed class Intake(PermissionGate gate, TimeProvider time)
{
    private const int MostControlPerSecond = 32, MostInputPerSecond = 500, MostChatPerSecond = 100, MostDrawingPerSecond = 250, MostFactsPerSecond = 10, MostClipboardPerSecond = 400, MostPeoplePerSecond = 10;

    private readonly MessageRate controlRate = new(MostControlPerSecond, time);
    private readonly MessageRate inputRate = new(MostInputPerSecond, time);
    private readonly MessageRate chatRate = new(MostChatPerSecond, time);
    private readonly MessageRate factsRate = new(MostFactsPerSecond, time);
    private readonly MessageRate drawingRate = new(MostDrawingPerSecond, time);
    private readonly MessageRate clipboardRate = new(MostClipboardPerSecond, time);
    private readonly MessageRate peopleRate = new(MostPeoplePerSecond, time);
    private readonly HashSet<(Channel, byte)> refusedTypes = [];
    private uint lastInvite;

    /// <summary>The technician asks for these; never more than the ceiling, and none that are granted.</summary>
    public event Action<Permissions>? Asked;

    /// <summary>The technician used mouse or keyboard, or drew, within what is allowed. Must return at once.</summary>
    public event Action? Acted;

    /// <summary>The technician requests the facts about the computer.</summary>
    public event Action? FactsWanted;

    /// <summary>A message was refused at the gate, for the first time of its type: what for the log, never its content.</summary>
    public event Action<Channel, byte>? Refused;

    /// <summary>The technician wrote a line.</summary>
    public event Action<ChatLine>? LineCame;

    /// <summary>How many of the customer's lines have arrived, and how many of them were shown.</summary>
    public event Action<ulong, ulong>? LinesMarked;

    /// <summary>The technician would like what the customer copied: the number of its REQUEST.</summary>
    public event Action<uint>? CopiedWanted;

    /// <summary>A text of the customer has arrived as a whole: its bytes.</summary>
    public event Action<int>? CopiedArrived;

    /// <summary>An invitation, control, or a relative's stop: let through the gate.</summary>
    public event Action<PeopleMessage>? PeopleWanted;

    /// <summary>The technician would keep a picture of this number. Whoever notes it answers.</summary>
    public event Action<Guid>? PictureKept;

    /// <summary>Whether mouse and keyboard are this viewer's, which takes them where nobody has them; null: always.</summary>
    public Func<bool>? HasControl { get; set; }

    /// <summary>Whether this viewer may ask for anything yet; null: always.</summary>
    public Func<bool>? MayAsk { get; set; }

    /// <summary>Input was taken; outside of the gate's lock.</summary>
    public Action? AfterInput { get; set; }

    /// <summary>Takes the signatures under the customer's log; null where none were asked for.</summary>
    public Action<Countersigned>? Countersigned { get; set; }

    /// <summary>The most that may ever be asked.</summary>
    public required Permissions Ceiling { get; init; }

    public required AskLimit Asks { get; init; }

    public required RemoteInput Input { get; init; }

    public required RemoteDrawing Drawing { get; init; }

    public required FactsExchange Facts { get; init; }

    public required ViewerPicture Picture { get; init; }

    /// <summary>The thread that is woken by what the viewer says of the picture.</summary>
    public required PictureLoop Pictures { get; init; }

    public required Conversation Conversation { get; init; }

    /// <summary>Null where nothing can be copied: then no ceiling offers it.</summary>
    public required FileExchange? Files { get; init; }
    public required ClipboardExchange Clipboard { get; init; }

    /// <summary>Takes one message.</summary>
    /// <exception cref="WireFormatException">The viewer broke the protocol, or tried once too often what is not allowed.</exception>
    public void Take(Channel channel, ReadOnlySpan<byte> message)
    {
        switch (channel)
        {
            case Channel.Control:
                controlRate.Count();
                Take(ControlMessage.Decode(message, Party.Viewer));
                break;
            case Channel.Input:
                inputRate.Count();
                foreach (var one in InputMessage.DecodeBatch(message)) Pass(channel, (byte)one.Type, () => Apply(one));
                AfterInput?.Invoke();
                break;
            case Channel.Feedback:
                var feedback = FeedbackMessage.Decode(message);
                Pass(channel, (byte)feedback.Type, () => Take(feedback));
                break;
            case Channel.Drawing:
                drawingRate.Count();
                var drawing = DrawingMessage.Decode(message);
                Pass(channel, (byte)drawing.Type, () => Apply(drawing));
                break;
            case Channel.Facts:
                factsRate.Count();
                Take(FactsMessage.Decode(message, Party.Viewer));
                break;
            case Channel.Chat:
                var chat = ChatMessage.Decode(message, Party.Viewer);
                // Marks answer our own lines, however many of them arrive at once.
                if (chat is ChatLine) chatRate.Count();
                Take(chat);
                break;
            case Channel.Clipboard:
                clipboardRate.Count();
                Take(ClipboardMessage.Decode(message, Party.Viewer));
                break;
            case Channel.People:
                peopleRate.Count();
                Take(PeopleMessage.Decode(message, Party.Viewer));
                break;
            case Channel.Files:
                var file = FileMessage.Decode(message, Party.Viewer);
                Pass(channel, (byte)file.Type, () => Take(file));
                break;
            default:
                throw new WireFormatException(WireError.UnknownType);
        }
    }

    private void Pass(Channel channel, byte type, Action effect)
    {
        var passage = gate.Pass(channel, type, effect);
        if (passage is not (Passage.Refused or Passage.RefusedTooOften)) return;
        if (refusedTypes.Add((channel, type))) Refused?.Invoke(channel, type);
        if (passage == Passage.RefusedTooOften) throw new WireFormatException(WireError.InvalidValue);
    }

    private void Take(ControlMessage message)
    {
        if (message is Countersigned signature && Countersigned is { } sign)
        {
            // It touches nothing of the computer's, and the last one comes when the gate is shut for good.
            sign(signature);
            return;
        }
        var wanted = Permissions.None;
        Guid? picture = null;
        Pass(Channel.Control, (byte)message.Type, () =>
        {
            if (message is Resumed or Protocol.Control.Countersigned) throw new WireFormatException(WireError.InvalidValue); // nobody resumed, or asked for a signature
            if (message is Ask ask) wanted = Consider(ask);
            if (message is PictureKept kept) picture = kept.Picture;
        });
        // Outside the gate's lock: who answers at once takes the other locks in their own order.
        if (wanted != Permissions.None) Asked?.Invoke(wanted);
        if (picture is { } number) PictureKept?.Invoke(number);
    }

    // Whoever asks too often, for nothing that can be given, or before the customer has let that one in is not answered.
    private Permissions Consider(Ask ask)
    {
        var wanted = ask.Permissions & Ceiling & ~gate.Granted;
        return wanted != Permissions.None && MayAsk?.Invoke() != false && !gate.IsStopped && Asks.TryOpen() ? wanted : Permissions.None;
    }

    private void Apply(InputMessage message)
    {
        // Whoever has no control may always let go.
        if (message is not (Held or ReleaseAll))
        {
            if (HasControl?.Invoke() == false) return;
            Acted?.Invoke();
        }
        Input.Apply(message, gate.Halted);
    }

    private void Apply(DrawingMessage message)
    {
        Acted?.Invoke();
        Drawing.Apply(message);
    }

    private void Take(PeopleMessage message)
    {
        if (message is Invite invite)
        {
            WireReader.Require(invite.Number > lastInvite, WireError.InvalidValue);
            lastInvite = invite.Number;
        }
        var isLetThrough = false;
        Pass(Channel.People, (byte)message.Type, () => isLetThrough = true);
        // Outside the gate's lock, as with an ASK.
        if (isLetThrough) PeopleWanted?.Invoke(message);
    }

    private void Take(FactsMessage message)
    {
        var isWanted = false;
        Pass(Channel.Facts, (byte)message.Type, () => isWanted = message is FactsRequest request && Facts.TryOpen(request));
        // Outside the gate's lock, as with an ASK.
        if (isWanted) FactsWanted?.Invoke();
    }

    private void Take(FeedbackMessage message)
    {
        if (message is Presented presented) Picture.Presented(presented);
        if (message is Repair repair) Picture.Repair(repair);
        Pictures.Wake();
    }

    // What needs no permission speaks of transfers that never were, where there can be none.
    private void Take(FileMessage message)
    {
        if (Files is null) throw new WireFormatException(WireError.InvalidValue);
        Files.Take(message);
    }

    private void Take(ChatMessage message)
    {
        ChatNews? news = null;
        Pass(Channel.Chat, (byte)message.Type, () => news = Conversation.Take(message));
        // Outside the gate's lock, as with an ASK.
        if (news is not { } came) return;
        if (came.Line is { } line) LineCame?.Invoke(line);
        else if (message is not ChatLine) LinesMarked?.Invoke(came.Delivered, came.Seen);
    }

    private void Take(ClipboardMessage message)
    {
        ClipboardNews? news = null;
        Pass(Channel.Clipboard, (byte)message.Type, () => news = Clipboard.Take(message, gate.Halted));
        if (news is null) Clipboard.Refuse(message);
        if (news is { Wanted: not 0 }) CopiedWanted?.Invoke(news.Value.Wanted);
        if (news is { Given: not 0 }) CopiedArrived?.Invoke(news.Value.Given);
    }
}
