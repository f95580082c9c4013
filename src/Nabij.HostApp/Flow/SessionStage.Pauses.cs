using Nabij.HostApp.Screens;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Session;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>What holds a session for a while, as the customer sees it: Stop, a private moment, the guard, a lost connection, the hourly question.</summary>
internal sealed partial class SessionStage
{
    private void AnswerStopped(string part)
    {
        switch (part)
        {
            case "go-on" when _stopped != Pauses.None:
                _stopped = Pauses.None;
                _log.Add("log.went-on");
                Flow.Line?.GoOn();
                Flow.Window.Close(CustomerFlow.MainWindow);
                Refresh();
                break;
            case "end":
                End(EndReason.CustomerEnded);
                break;
            case Happening.Closed:
                Flow.Window.Close(CustomerFlow.MainWindow);
                break;
            default:
                break;
        }
    }

    /// <summary>Shows what Stop means; the gate is closed already. Before anybody looks, Stop means no.</summary>
    public void ShowStopped(Pauses why = Pauses.Stop)
    {
        if (!_looked)
        {
            RefuseLook();
            return;
        }

        if (_stopped != Pauses.None)
            return;
        _stopped = why;
        _log.Add(why == Pauses.Stop ? "log.stopped" : "log.held");
        Flow.Window.Close(CustomerFlow.StillWindow);
        _displays.Close();
        if (_asked != Permissions.None)
            Decline();
        Refresh();
        Show(SessionScreens.Stopped(Spoken, why));
        Flow.Window.Raise(CustomerFlow.MainWindow);
        Flow.Window.Announce(Spoken["announce.stopped"]);
    }

    /// <summary>Shows that a private moment has begun; the gate is closed already. The keys again lead to the window that ends it.</summary>
    public void ShowPrivate(bool byKey)
    {
        if (!Allowed.Look)
        {
            Flow.Line?.EndPrivateMoment();
            return;
        }

        if (_private)
        {
            if (!byKey || _stopped != Pauses.None)
                return;
            Show(SessionScreens.Private(Spoken));
            Flow.Window.Raise(CustomerFlow.MainWindow);
            return;
        }

        _private = true;
        _log.Add("log.private");
        if (_asked != Permissions.None)
            Decline();
        Refresh();
        Flow.Window.Announce(Spoken["announce.private"]);
    }

    private void AnswerPrivate(string part)
    {
        if (part == "show-again" && _private)
        {
            _private = false;
            _log.Add("log.private-over");
            Flow.Line?.EndPrivateMoment();
            Refresh();
            Flow.Window.Announce(Spoken[_guarded is null ? "announce.looking" : "announce.guarded"]);
        }

        if (_stopped == Pauses.None && part is "show-again" or "stay" or Happening.Closed)
            Flow.Window.Close(CustomerFlow.MainWindow);
    }

    // What is in front counts from the first picture on; before that nobody sees anything, so nothing is said.
    private void Guard(SensitiveKind? kind)
    {
        _guarded = kind;
        _whyWasClosed = false;
        Refresh();
        if (!Allowed.Look)
            return;
        if (kind is not null)
            _log.Add("log.guarded");
        Flow.Window.Announce(Spoken[kind is null ? "announce.unguarded" : "announce.guarded"]);
    }

    private void ShowGuarded()
    {
        if (_guarded is { } kind && Allowed is { Look: true, Stopped: false, Private: false } && !_whyWasClosed)
            Flow.Window.Show(CustomerFlow.GuardWindow, SessionScreens.Guarded(Spoken, kind));
        else
            Flow.Window.Close(CustomerFlow.GuardWindow);
    }

    private void AnswerGuarded(string part)
    {
        switch (part)
        {
            case "show-anyway":
                _log.Add("log.shown-anyway");
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

    private void AskStill()
    {
        if (_stopped != Pauses.None)
            return;
        Flow.Window.Show(CustomerFlow.StillWindow, SessionScreens.Still(Spoken));
        Flow.Window.Raise(CustomerFlow.StillWindow);
        Flow.Window.Announce(Spoken["still.heading"]);
    }

    private void AnswerStill(string part)
    {
        switch (part)
        {
            case "yes":
                _log.Add("log.confirmed");
                Flow.Line?.ConfirmHelp();
                Flow.Window.Close(CustomerFlow.StillWindow);
                break;
            case "no":
                Flow.Line?.Stop();
                ShowStopped();
                break;
            default:
                // Closing the window is no answer: the question stands until its time is over.
                break;
        }
    }

    // Nothing is in force any more; the engine has shut everything before it told this.
    private void LoseConnection(DateTimeOffset until)
    {
        _awayUntil = until;
        _log.Add("log.away");
        if (!_counts)
            EverySecond(() => { if (_awayUntil is not null) Refresh(); });
        _counts = true;
        Refresh();
        Flow.Window.Announce(Spoken["announce.away"]);
    }

    /// <param name="held">What was allowed before, and is not any more because the connection was away for long.</param>
    private void FindConnection(Permissions held)
    {
        _awayUntil = null;
        _granted &= ~held;
        _log.Add("log.returned");
        Refresh();
        Flow.Window.Announce(Spoken["announce.returned"]);
        if (held == Permissions.None || _stopped != Pauses.None)
            return;
        if (_asked != Permissions.None)
            Decline();
        _held = held & (Control | Permissions.Draw);
        Flow.Window.Show(CustomerFlow.AskWindow, SessionScreens.Again(Spoken));
        Flow.Window.Raise(CustomerFlow.AskWindow);
    }

    private void AnswerAgain(string part)
    {
        if (part is not ("yes" or "no" or Happening.Closed))
            return;
        var given = part == "yes" ? _held : Permissions.None;
        _held = Permissions.None;
        Flow.Window.Close(CustomerFlow.AskWindow);
        if (given == Permissions.None)
            return;
        Give(given, "log.again");
        if ((given & Control) == Control)
            Flow.Window.Announce(Spoken["announce.controlling"]);
    }
}
