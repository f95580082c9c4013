using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>
/// A technician is connected: who asks, what is allowed, the bar, Stop and its window. The gate itself is the
/// engine's; this stage shows it and carries the customer's answers to it. What holds the session for a while is in
/// SessionStage.Pauses.cs.
/// </summary>
internal sealed partial class SessionStage(CustomerFlow flow, CustomerEvent.TechnicianConnected who, Func<Stage> newCode) : Stage(flow)
{
    private const Permissions Control = Permissions.Pointer | Permissions.Keyboard;

    // Monitors come and go in steps while a desktop rearranges them: only what lasts is told.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(1);

    private readonly SessionLog _log = new(flow.Time);
    private readonly DisplayQuestion _displays = new(flow);
    private readonly Chat _chat = new(flow);
    private ITimer? _lost;
    private Permissions _granted;
    private Permissions _asked;
    private Pauses _stopped;
    private bool _private;
    private SensitiveKind? _guarded;
    private bool _looked;
    private bool _whyWasClosed;
    private DateTimeOffset? _awayUntil;
    private Permissions _held;
    private bool _counts;

    private Phrases Spoken => Phrases.With("technician", PeerText.Name(who.Technician));

    private Allowed Allowed => new(
        _granted.HasFlag(Permissions.View), _granted.HasFlag(Permissions.Draw), (_granted & Control) == Control, _stopped != Pauses.None, _private)
    {
        Guarded = _guarded,
        Chat = _granted.HasFlag(Permissions.Chat),
        Unread = _chat.Unread,
    };

    public override void Enter()
    {
        _log.Add("log.connected");
        if (Flow.Line?.Session.Pauses.HasFlag(Pauses.Stop) == true)
        {
            ShowStopped();
            return;
        }

        Refresh();
        Flow.Window.Raise(CustomerFlow.MainWindow);
    }

    public override void Refresh()
    {
        _displays.Show(Spoken);
        _chat.Show(Spoken, Allowed);
        ShowGuarded();
        if (_looked)
            Flow.Window.ShowBar(_awayUntil is { } until && _stopped == Pauses.None
                ? SessionScreens.AwayBar(Spoken, until - Flow.Time.GetUtcNow())
                : SessionScreens.Bar(Spoken, Allowed, _displays.Sharing));
        else if (_displays.OpenIn is null)
            Show(SessionScreens.WhoAsks(Spoken, who.CheckNumber, _displays.Displays.Count));
    }

    /// <summary>The computer has other displays, or shares others.</summary>
    public void DisplaysChanged()
    {
        _displays.Recover();
        Refresh();
        WatchLost();
    }

    public override void Hear(CustomerEvent told)
    {
        switch (told)
        {
            case CustomerEvent.Asked asked:
                Ask(asked.Permissions);
                break;
            case CustomerEvent.LineCame line:
                _chat.Hear(line.Text, Spoken);
                Refresh();
                break;
            case CustomerEvent.LinesMarked marked:
                _chat.Mark(marked.Delivered, marked.Seen);
                _chat.Show(Spoken, Allowed);
                break;
            case CustomerEvent.HeldBack held:
                ShowStopped(held.Why);
                break;
            case CustomerEvent.StillHelping:
                AskStill();
                break;
            case CustomerEvent.Guarded guarded:
                Guard(guarded.Kind);
                break;
            case CustomerEvent.Unguarded:
                Guard(null);
                break;
            case CustomerEvent.ConnectionAway away:
                LoseConnection(away.Until);
                break;
            case CustomerEvent.ConnectionBack back:
                FindConnection(back.Held);
                break;
            case CustomerEvent.Ended ended:
                Finish(ended.Reason);
                break;
            default:
                break;
        }
    }

    public override void Take(Happening happening)
    {
        switch (happening)
        {
            case { Screen: "who-asks" }:
                AnswerWho(happening.Part);
                break;
            case { Screen: "displays" }:
                AnswerDisplays(happening);
                break;
            case { Window: CustomerFlow.ChatWindow }:
                AnswerChat(happening);
                break;
            case { Screen: "again" }:
                AnswerAgain(happening.Part);
                break;
            case { Window: CustomerFlow.AskWindow }:
                AnswerAsk(happening.Part);
                break;
            case { Window: Bar.Window }:
                AnswerBar(happening.Part);
                break;
            case { Screen: "stopped" }:
                AnswerStopped(happening.Part);
                break;
            case { Screen: "private" }:
                AnswerPrivate(happening.Part);
                break;
            case { Screen: "guarded" }:
                AnswerGuarded(happening.Part);
                break;
            case { Screen: "still" }:
                AnswerStill(happening.Part);
                break;
            default:
                break;
        }
    }

    protected override void Leave()
    {
        _displays.End();
        Flow.Window.HoldOffSleep(false, string.Empty);
        Flow.Window.ShowBar(null);
        _chat.Close();
        Flow.Window.Close(CustomerFlow.AskWindow);
        Flow.Window.Close(CustomerFlow.GuardWindow);
        Flow.Window.Close(CustomerFlow.StillWindow);
    }

    private void AnswerWho(string part)
    {
        switch (part)
        {
            case "yes" when _displays.Displays.Count > 1:
                _displays.Open(CustomerFlow.MainWindow, DisplayReason.First, Spoken);
                break;
            case "yes":
                _displays.ChooseOnly();
                BeginLooking();
                break;
            case "no" or Happening.Closed:
                RefuseLook();
                break;
            case "differ":
                End(EndReason.NumbersDiffer);
                break;
            default:
                break;
        }
    }

    private void BeginLooking()
    {
        _looked = true;
        // Chat comes with look (docs/protocol/07); afterwards it is taken back and given by itself.
        Give(Permissions.View | Permissions.Chat, "log.look");
        Flow.Window.Close(CustomerFlow.MainWindow);
        Flow.Window.Announce(Spoken["announce.looking"]);
        Flow.Window.HoldOffSleep(true, Spoken["bar.looking"]);
        WatchLost();
    }

    private void AnswerDisplays(Happening happening)
    {
        switch (happening.Part)
        {
            case "yes" when _displays.TryAnswer():
                if (!_looked)
                    BeginLooking();
                _log.Add("log.displays");
                Flow.Window.Announce(Spoken["announce.displays"]);
                Refresh();
                break;
            case "no" or Happening.Closed when !_looked:
                RefuseLook();
                break;
            case "no" or Happening.Closed:
                _displays.Close();
                break;
            default:
                if (happening.Value is { } value)
                    _displays.Tick(happening.Part, value == "on", Spoken);
                break;
        }
    }

    private DisplayReason? Lost => _looked && Allowed is { Look: true, Stopped: false } ? _displays.Sharing.Lost : null;

    private void WatchLost()
    {
        if (Lost is not null)
            (_lost ??= Alarm(TellLost)).Change(LostAfter, Timeout.InfiniteTimeSpan);
    }

    private void TellLost()
    {
        if (Lost is not { } reason || _displays.OpenIn is not null)
            return;
        Flow.Window.Announce(Spoken[reason == DisplayReason.TooLarge ? "bar.too-large" : "bar.gone"]);
        _displays.Open(CustomerFlow.DisplaysWindow, reason, Spoken);
    }

    // The engine lets one question through at a time; what it asks beyond look, point, control and chat has no words here.
    private void Ask(Permissions permissions)
    {
        _asked = permissions;
        if (_stopped != Pauses.None || StepOf(permissions) is not { } step)
        {
            Decline();
            return;
        }

        Flow.Window.Show(CustomerFlow.AskWindow, SessionScreens.Ask(Spoken, step));
        Flow.Window.Raise(CustomerFlow.AskWindow);
    }

    // Who sees nothing is asked about looking first, whatever else was wanted with it.
    private string? StepOf(Permissions permissions) =>
        !_granted.HasFlag(Permissions.View) && (permissions & (Permissions.View | Permissions.Draw | Control)) != 0 ? "look"
        : (permissions & Control) != 0 ? "control"
        : permissions.HasFlag(Permissions.Draw) ? "point"
        : permissions.HasFlag(Permissions.View) ? "look"
        : permissions.HasFlag(Permissions.Chat) ? "messages"
        : null;

    private void AnswerAsk(string part)
    {
        if (_asked == Permissions.None || StepOf(_asked) is not { } step)
            return;
        switch (part)
        {
            case "yes":
                // Only what the dialog put in words: control never brings anything else along.
                var given = step switch { "control" => Control, "point" => Permissions.Draw, "messages" => Permissions.Chat, _ => Permissions.View };
                _asked = Permissions.None;
                Flow.Window.Close(CustomerFlow.AskWindow);
                Give(given, "log." + step);
                if (step == "control")
                    Flow.Window.Announce(Spoken["announce.controlling"]);
                break;
            case "no" or Happening.Closed:
                _log.Add("log.refused-" + step);
                Decline();
                break;
            default:
                break;
        }
    }

    private void AnswerChat(Happening happening)
    {
        switch (happening.Part)
        {
            case ChatScreens.EntryId:
                _chat.Type(happening.Value ?? string.Empty);
                break;
            case "send":
                _chat.Send();
                _chat.Show(Spoken, Allowed);
                break;
            case "off":
                TakeBack(Permissions.Chat, "log.back-messages");
                break;
            case "on":
                Give(Permissions.Chat, "log.messages");
                break;
            case "close" or Happening.Closed:
                _chat.Close();
                break;
            default:
                break;
        }
    }

    private void AnswerBar(string part)
    {
        switch (part)
        {
            case "chat":
                _chat.Open(Spoken, Allowed);
                Refresh();
                break;
            case Bar.StopId:
                Flow.Line?.Stop();
                ShowStopped();
                break;
            case "private":
                Flow.Line?.BeginPrivateMoment();
                ShowPrivate(byKey: false);
                break;
            case "show-again":
                AnswerPrivate(part);
                break;
            case "why":
                _whyWasClosed = false;
                ShowGuarded();
                Flow.Window.Raise(CustomerFlow.GuardWindow);
                break;
            case "show":
                Show(SessionScreens.Stopped(Spoken, _stopped));
                Flow.Window.Raise(CustomerFlow.MainWindow);
                break;
            case "displays":
                _displays.Open(CustomerFlow.DisplaysWindow, _displays.Sharing.Lost ?? DisplayReason.Change, Spoken);
                break;
            case "back-control":
                TakeBack(Control, "log.back-control");
                Flow.Window.Announce(Phrases["announce.back"]);
                break;
            case "back-look":
                // Whoever sees nothing uses nothing: everything that needs the view goes with it, and so does an open question.
                if (_asked != Permissions.None)
                    Decline();
                TakeBack(Permissions.View | Permissions.Draw | Control, "log.back-look");
                Flow.Window.Announce(Spoken["announce.back-look"]);
                break;
            case "back-point":
                TakeBack(Permissions.Draw, "log.back-point");
                break;
            case "end":
                End(EndReason.CustomerEnded);
                break;
            default:
                break;
        }
    }

    private void Give(Permissions permissions, string entry)
    {
        _granted |= permissions;
        _log.Add(entry);
        Flow.Line?.Grant(permissions);
        Refresh();
    }

    private void TakeBack(Permissions permissions, string entry)
    {
        _granted &= ~permissions;
        Flow.Line?.Revoke(permissions);
        _log.Add(entry);
        Refresh();
    }

    private void Decline()
    {
        Flow.Line?.Decline(_asked);
        _asked = Permissions.None;
        Flow.Window.Close(CustomerFlow.AskWindow);
    }

    private void RefuseLook()
    {
        _log.Add("log.refused-look");
        End(EndReason.Declined);
    }

    private void End(EndReason reason)
    {
        Flow.Line?.End(reason);
        Finish((SessionEnd)reason);
    }

    private void Finish(SessionEnd end)
    {
        _log.Add("log.ended");
        Flow.Go(new EndStage(Flow, end, (who.Technician, Flow.Line?.Session.Log), _log, newCode));
    }
}
