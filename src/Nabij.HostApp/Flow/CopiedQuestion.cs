using Nabij.HostCore.Rendezvous;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The window that shows the customer what was copied and asks whether it goes to the technician; and what is told
/// beside it: that text came onto the clipboard, that there was nothing to send. The engine has taken the picture away
/// before the window opens and gives it back after it has closed. UI thread only.
/// </summary>
/// <param name="state">The session.</param>
/// <param name="tell">Says something on the bar for a while, by the key of the text.</param>
internal sealed class CopiedQuestion(SessionState state, Action<string> tell)
{
    private CustomerEvent.CopiedAsked? _asked;

    private CustomerFlow Flow => state.Flow;

    /// <summary>The text that would go, while the customer is asked; nobody sees the screen meanwhile.</summary>
    public bool IsOpen => _asked is not null;

    public void Ask(CustomerEvent.CopiedAsked asked)
    {
        _asked = asked;
        Show();
        Flow.Window.Raise(CustomerFlow.CopiedWindow);
        Flow.Window.Announce(state.SpokenOf(asked.Person)[asked.IsOwnAct ? "copied.own.heading" : "copied.heading"]);
        state.Refresh();
    }

    /// <summary>Shows the open window again, in the language of now.</summary>
    public void Show()
    {
        if (_asked is { } asked)
            Flow.Window.Show(CustomerFlow.CopiedWindow, CopiedScreens.Ask(state.SpokenOf(asked.Person), asked));
    }

    /// <summary>There is nothing to ask about: nothing was copied, or it cannot be sent.</summary>
    public void ShowNothing(CustomerEvent.NothingCopied nothing)
    {
        var screen = CopiedScreens.Nothing(state.Spoken, nothing);
        Flow.Window.Show(CustomerFlow.CopiedWindow, screen);
        Flow.Window.Announce(state.Spoken["nothing-copied." + CopiedScreens.KeyOf(nothing.Why)]);
        if (nothing.IsOwnAct)
            Flow.Window.Raise(CustomerFlow.CopiedWindow);
    }

    /// <summary>The question is over without an answer; nothing was sent.</summary>
    public void Withdraw()
    {
        if (_asked is null)
            return;
        Close();
        Flow.Line?.AnswerCopied(send: false);
        state.Log.Add("log.text-not-given");
        Flow.Window.Announce(state.Spoken["announce.text-not-given"]);
        state.Refresh();
    }

    /// <summary>The technician put a text on the clipboard.</summary>
    public void NotePlaced()
    {
        state.Log.Add("log.text-placed");
        tell("bar.text-placed");
        Flow.Window.Announce(state.Spoken["bar.text-placed"]);
    }

    /// <summary>The technician has the customer's text.</summary>
    public void NoteGiven()
    {
        tell("bar.text-given");
        Flow.Window.Announce(state.Spoken["bar.text-given"]);
    }

    public void Answer(string part)
    {
        if (part is not ("send" or "no" or "close" or Screens.Happening.Closed))
            return;
        var wasAsked = IsOpen;
        Close();
        if (!wasAsked)
            return;
        state.Log.Add(part == "send" ? "log.text-given" : "log.text-refused");
        Flow.Line?.AnswerCopied(part == "send");
        state.Refresh();
    }

    public void Close()
    {
        _asked = null;
        Flow.Window.Close(CustomerFlow.CopiedWindow);
    }
}
