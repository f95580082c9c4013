using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.Protocol;
using Nabij.Protocol.Chat;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The chat with the technician: what was said, how far the customer's own lines have come, what waits to be read, and
/// the window in which it stands. The window opens only when the customer asks for it: a window that comes up by itself
/// would take over what is being typed elsewhere. UI thread only.
/// </summary>
internal sealed class Chat(SessionState state)
{
    /// <summary>The most lines that are kept; the oldest go first.</summary>
    public const int Limit = 500;

    private readonly List<SaidLine> _lines = [];
    private ulong _said;
    private ulong _delivered;
    private ulong _seen;
    private string _draft = string.Empty;
    private bool _isFull;
    private bool _isOpen;

    /// <summary>Lines of the technician that were not shown yet.</summary>
    public int Unread { get; private set; }

    public void Open()
    {
        _isOpen = true;
        Show();
        state.Flow.Window.Raise(CustomerFlow.ChatWindow);
    }

    /// <summary>Shows the open window again, as things are now and in the language of now.</summary>
    public void Show()
    {
        if (!_isOpen)
            return;
        Unread = 0;
        state.Flow.Line?.ShowLines();
        state.Flow.Window.Show(CustomerFlow.ChatWindow, ChatScreens.Chat(state.Spoken, new ChatView
        {
            Lines = _lines,
            Said = _said,
            Delivered = _delivered,
            Seen = _seen,
            Draft = _draft,
            IsFull = _isFull,
            IsOn = state.Granted.HasFlag(Permissions.Chat),
            IsStopped = state.IsStopped,
        }));
    }

    public void Close()
    {
        _isOpen = false;
        state.Flow.Window.Close(CustomerFlow.ChatWindow);
    }

    /// <summary>A technician wrote a line.</summary>
    public void Hear(string text, byte person)
    {
        var shown = PeerText.Lines(text, ChatLine.MostCharacters);
        Keep(new SaidLine(false, shown, state.Flow.Time.GetLocalNow(), state.NameOf(person)));
        if (!_isOpen)
            Unread++;
        state.Flow.Window.Announce(state.SpokenOf(person).With("text", shown)["announce.chat"]);
    }

    /// <summary>So many of the customer's lines have arrived, and so many were shown.</summary>
    public void Mark(ulong delivered, ulong seen) => (_delivered, _seen, _isFull) = (delivered, seen, false);

    /// <summary>The customer did something in the window.</summary>
    public void Answer(Happening happening)
    {
        switch (happening.Part)
        {
            case ChatScreens.EntryId:
                (_draft, _isFull) = (happening.Value ?? string.Empty, false);
                break;
            case "send":
                Send();
                Show();
                break;
            case "off":
                state.TakeBack(Permissions.Chat, "log.back-messages");
                break;
            case "on":
                state.Give(Permissions.Chat, "log.messages");
                break;
            case "close" or Happening.Closed:
                Close();
                break;
            default:
                break;
        }
    }

    // What cannot be taken now stays in its place.
    private void Send()
    {
        if (ChatLine.TryForm(_draft) is not { } line)
            return;
        _isFull = state.Flow.Line?.TrySay(line) != true;
        if (_isFull)
            return;
        _said++;
        _draft = string.Empty;
        Keep(new SaidLine(true, line, state.Flow.Time.GetLocalNow()));
    }

    private void Keep(SaidLine line)
    {
        if (_lines.Count == Limit)
            _lines.RemoveAt(0);
        _lines.Add(line);
    }
}
