using Nabij.HostApp.Screens;
using Nabij.Protocol.Facts;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The window that shows the customer the facts about the computer, every line, and asks whether they go to the technician.
/// The engine has taken the picture away before the window opens and gives it back after it has closed. UI thread only.
/// </summary>
/// <param name="state">The session.</param>
internal sealed class FactsQuestion(SessionState state)
{
    private IReadOnlyList<Fact>? _asked;

    private CustomerFlow Flow => state.Flow;

    /// <summary>The list stands before the customer; nobody sees the screen meanwhile.</summary>
    public bool IsOpen => _asked is not null;

    public void Ask(IReadOnlyList<Fact> facts)
    {
        _asked = facts;
        Show();
        Flow.Window.Raise(CustomerFlow.FactsWindow);
        Flow.Window.Announce(state.Spoken["fact-list.heading"]);
        state.Refresh();
    }

    /// <summary>Shows the open window again, in the language of now.</summary>
    public void Show()
    {
        if (_asked is { } facts)
            Flow.Window.Show(CustomerFlow.FactsWindow, FactScreens.Ask(state.Spoken, facts));
    }

    /// <summary>The question is over without an answer; nothing was sent.</summary>
    public void Withdraw()
    {
        if (_asked is null)
            return;
        Close();
        Flow.Line?.AnswerFacts(send: false);
        state.Log.Add("log.facts-not-given");
        Flow.Window.Announce(state.Spoken["announce.facts-not-given"]);
        state.Refresh();
    }

    public void Answer(string part)
    {
        if (_asked is null || part is not ("send" or "no" or Happening.Closed))
            return;
        Close();
        state.Log.Add(part == "send" ? "log.facts-given" : "log.facts-withheld");
        Flow.Line?.AnswerFacts(part == "send");
        state.Refresh();
    }

    public void Close()
    {
        _asked = null;
        Flow.Window.Close(CustomerFlow.FactsWindow);
    }
}
