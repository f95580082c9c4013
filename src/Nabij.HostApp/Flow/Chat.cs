using Nabij.HostApp.Texts;
using Nabij.Protocol.Chat;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The chat with the technician: what was said, how far the customer's own lines have come, what waits to be read, and
/// the window in which it stands. The window opens only when the customer asks for it: a window that comes up by itself
/// would take over what is being typed elsewhere. UI thread only.
/// </summary>
internal sealed class Chat(CustomerFlow flow)
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

    public void Open(Phrases phrases, Allowed allowed)
    {
        _isOpen = true;
        Show(phrases, allowed);
        flow.Window.Raise(CustomerFlow.ChatWindow);
    }

    /// <summary>Shows the open window again, as things are now and in the language of now.</summary>
    public void Show(Phrases phrases, Allowed allowed)
    {
        if (!_isOpen)
            return;
        Unread = 0;
        flow.Line?.ShowLines();
        flow.Window.Show(CustomerFlow.ChatWindow, ChatScreens.Chat(phrases, new ChatView
        {
            Lines = _lines,
            Said = _said,
            Delivered = _delivered,
            Seen = _seen,
            Draft = _draft,
            IsFull = _isFull,
            IsOn = allowed.Chat,
            IsStopped = allowed.Stopped,
        }));
    }

    public void Close()
    {
        _isOpen = false;
        flow.Window.Close(CustomerFlow.ChatWindow);
    }

    /// <summary>The technician wrote a line.</summary>
    public void Hear(string text, Phrases phrases)
    {
        var shown = PeerText.Lines(text, ChatLine.MostCharacters);
        Keep(new SaidLine(false, shown, flow.Time.GetLocalNow()));
        if (!_isOpen)
            Unread++;
        flow.Window.Announce(phrases.With("text", shown)["announce.chat"]);
    }

    /// <summary>So many of the customer's lines have arrived, and so many were shown.</summary>
    public void Mark(ulong delivered, ulong seen) => (_delivered, _seen, _isFull) = (delivered, seen, false);

    /// <summary>The customer types.</summary>
    public void Type(string draft) => (_draft, _isFull) = (draft, false);

    /// <summary>The customer sends what was typed. What cannot be taken now stays in its place.</summary>
    public void Send()
    {
        if (ChatLine.TryForm(_draft) is not { } line)
            return;
        _isFull = flow.Line?.TrySay(line) != true;
        if (_isFull)
            return;
        _said++;
        _draft = string.Empty;
        Keep(new SaidLine(true, line, flow.Time.GetLocalNow()));
    }

    private void Keep(SaidLine line)
    {
        if (_lines.Count == Limit)
            _lines.RemoveAt(0);
        _lines.Add(line);
    }
}
