using Nabij.HostApp.Screens;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Session;

namespace Nabij.HostApp.Flow;

/// <summary>
/// What holds a session for a while, as the customer sees it: Stop and its window, a private moment, the guard, the
/// hourly question. The engine's gate has closed before anything is shown here. UI thread only.
/// </summary>
/// <param name="state">The session.</param>
/// <param name="question">The open question, which a hold answers with no.</param>
/// <param name="copying">What a stop would break off.</param>
/// <param name="end">The customer ends the session.</param>
internal sealed class Holds(SessionState state, PermissionQuestion question, Copying copying, Action end)
{
    private bool _isStopShown;
    private bool _isFinishing;
    private bool _whyWasClosed;

    private CustomerFlow Flow => state.Flow;

    /// <summary>Shows again what depends on the words and on what is in force.</summary>
    public void Refresh()
    {
        if (state.Guarded is { } kind && state.Allowed is { Look: true, Stopped: false, Private: false } && !_whyWasClosed)
            Flow.Window.Show(CustomerFlow.GuardWindow, SessionScreens.Guarded(state.Spoken, kind));
        else
            Flow.Window.Close(CustomerFlow.GuardWindow);
        if (_isStopShown)
            Flow.Window.Show(CustomerFlow.MainWindow, StopScreen());
    }

    public void Close()
    {
        Flow.Window.Close(CustomerFlow.GuardWindow);
        Flow.Window.Close(CustomerFlow.StillWindow);
    }

    /// <summary>Says what Stop means, or what else holds the session until the customer goes on.</summary>
    public void ShowStopped(Pauses why)
    {
        if (state.IsStopped)
        {
            // A second Stop also ends what the first one let finish; the engine has done so.
            if (_isFinishing && why == Pauses.Stop)
                ShowStoppedAnew();
            // Who presses Stop again has closed its window, or not seen it.
            else if (why == Pauses.Stop)
                ShowStoppedAgain();
            return;
        }

        state.Held = why;
        state.Log.Add(why == Pauses.Stop ? "log.stopped" : "log.held");
        Flow.Window.Close(CustomerFlow.StillWindow);
        question.Decline();
        state.Refresh();
        ShowStoppedAgain();
        Flow.Window.Announce(state.Spoken["announce.stopped"]);
    }

    /// <summary>The window of Stop, which the customer may have closed.</summary>
    public void ShowStoppedAgain()
    {
        _isStopShown = true;
        ShowMain(StopScreen());
    }

    public void AnswerStopped(string part)
    {
        switch (part)
        {
            case "go-on" when state.IsStopped:
                state.Held = Pauses.None;
                _isFinishing = false;
                state.Log.Add("log.went-on");
                Flow.Line?.GoOn();
                CloseStopped();
                state.Refresh();
                break;
            case "let-finish" when state.IsStopped:
                _isFinishing = true;
                state.Log.Add("log.finishing");
                Flow.Line?.LetFinish();
                ShowStoppedAgain();
                Flow.Window.Announce(state.Spoken["announce.finishing"]);
                break;
            case "end":
                end();
                break;
            case Happening.Closed:
                CloseStopped();
                break;
            default:
                break;
        }
    }

    /// <summary>Shows that a private moment has begun. The keys again lead to the window that ends it.</summary>
    public void ShowPrivate(bool byKey)
    {
        if (!state.Allowed.Look)
        {
            Flow.Line?.EndPrivateMoment();
            return;
        }

        if (state.IsPrivate)
        {
            if (byKey && !state.IsStopped)
                ShowMain(SessionScreens.Private(state.Spoken));
            return;
        }

        state.IsPrivate = true;
        state.Log.Add("log.private");
        question.Decline();
        state.Refresh();
        Flow.Window.Announce(state.Spoken["announce.private"]);
    }

    public void AnswerPrivate(string part)
    {
        if (part == "show-again" && state.IsPrivate)
        {
            state.IsPrivate = false;
            state.Log.Add("log.private-over");
            Flow.Line?.EndPrivateMoment();
            state.Refresh();
            TellSight();
        }

        if (!state.IsStopped && part is "show-again" or "stay" or Happening.Closed)
            Flow.Window.Close(CustomerFlow.MainWindow);
    }

    /// <summary>What is in front counts from the first picture on; before that nobody sees anything, so nothing is said.</summary>
    public void Guard(SensitiveKind? kind)
    {
        state.Guarded = kind;
        _whyWasClosed = false;
        state.Refresh();
        if (!state.Allowed.Look)
            return;
        if (kind is not null)
            state.Log.Add("log.guarded");
        TellSight();
    }

    /// <summary>Says to a screen reader that the screen is seen again, or why it is not although nothing else holds it back.</summary>
    public void TellSight()
    {
        if (state.IsSeen)
            Flow.Window.Announce(state.Spoken["announce.unguarded"]);
        else if (state is { Guarded: not null, Allowed: { Look: true, Stopped: false, Private: false } })
            Flow.Window.Announce(state.Spoken["announce.guarded"]);
    }

    /// <summary>The customer wants to know why the picture rests.</summary>
    public void ShowWhy()
    {
        _whyWasClosed = false;
        Refresh();
        Flow.Window.Raise(CustomerFlow.GuardWindow);
    }

    public void AnswerGuarded(string part)
    {
        switch (part)
        {
            case "show-anyway":
                state.Log.Add("log.shown-anyway");
                Flow.Line?.ShowAnyway();
                break;
            case "hide" or Happening.Closed:
                _whyWasClosed = true;
                Flow.Window.Close(CustomerFlow.GuardWindow);
                break;
            default:
                break;
        }
    }

    /// <summary>Every hour: is the help still wanted?</summary>
    public void AskStill()
    {
        if (state.IsStopped)
            return;
        Flow.Window.Show(CustomerFlow.StillWindow, SessionScreens.Still(state.Spoken));
        Flow.Window.Raise(CustomerFlow.StillWindow);
        Flow.Window.Announce(state.Spoken["still.heading"]);
    }

    public void AnswerStill(string part)
    {
        switch (part)
        {
            case "yes":
                state.Log.Add("log.confirmed");
                Flow.Line?.ConfirmHelp();
                Flow.Window.Close(CustomerFlow.StillWindow);
                break;
            case "no":
                Flow.Line?.Stop();
                ShowStopped(Pauses.Stop);
                break;
            default:
                // Closing the window is no answer: the question stands until its time is over.
                break;
        }
    }

    private Screen StopScreen() => _isFinishing
        ? SessionScreens.Finishing(state.Spoken, copying.View)
        : SessionScreens.Stopped(state.Spoken, state.Held, copying.View);

    private void ShowStoppedAnew()
    {
        _isFinishing = false;
        ShowStoppedAgain();
        Flow.Window.Announce(state.Spoken["announce.stopped"]);
    }

    private void CloseStopped()
    {
        _isStopShown = false;
        Flow.Window.Close(CustomerFlow.MainWindow);
    }

    private void ShowMain(Screen screen)
    {
        Flow.Window.Show(CustomerFlow.MainWindow, screen);
        Flow.Window.Raise(CustomerFlow.MainWindow);
    }
}
