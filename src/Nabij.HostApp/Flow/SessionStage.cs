using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>
/// A technician is connected: who asks, what is allowed, the bar, Stop and its window. This stage leads what happens to
/// the part that it concerns; the gate itself is the engine's, and the parts carry the customer's answers to it.
/// </summary>
internal sealed class SessionStage : Stage
{
    // Monitors come and go in steps while a desktop rearranges them: only what lasts is told.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(1);

    private readonly CustomerEvent.TechnicianConnected _who;
    private readonly Func<Stage> _newCode;
    private readonly SessionState _state;
    private readonly PermissionQuestion _question;
    private readonly Holds _holds;
    private readonly DisplayQuestion _displays;
    private readonly Chat _chat;
    private readonly CopiedQuestion _copied;
    private readonly FactsQuestion _facts;
    private readonly Company _company;
    private readonly BarNotice _notice;
    private readonly Copying _copying;
    private readonly KeptFiles _kept;
    private ITimer? _lost;
    private bool _counts;
    private bool _isRefreshDue;

    public SessionStage(CustomerFlow flow, CustomerEvent.TechnicianConnected who, Func<Stage> newCode)
        : base(flow)
    {
        _who = who;
        _newCode = newCode;
        _state = new SessionState(flow, who.Technician, Refresh);
        _question = new PermissionQuestion(_state);
        _copying = new Copying(_state, Alarm);
        _kept = new KeptFiles(flow, (work, done) => Work(_ => Task.FromResult(work()), done), Refresh);
        _holds = new Holds(_state, _question, _copying, () => End(EndReason.CustomerEnded));
        _displays = new DisplayQuestion(flow);
        _chat = new Chat(_state);
        _notice = new BarNotice(_state, Alarm);
        _copied = new CopiedQuestion(_state, key => _notice.Tell(key, _state.Person));
        _facts = new FactsQuestion(_state);
        _company = new Company(_state, _question);
    }

    private Phrases Spoken => _state.Spoken;

    public override void Enter()
    {
        _state.Log.Add("log.connected");
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
        _chat.Show();
        _copied.Show();
        _facts.Show();
        _company.Show();
        _copying.Show();
        _kept.Show();
        _holds.Refresh();
        CountDown();
        if (_state.HasBegun)
            Flow.Window.ShowBar(_state.AwayUntil is { } until && !_state.IsStopped
                ? BarScreens.Away(Spoken, until - Flow.Time.GetUtcNow())
                : BarScreens.Bar(Spoken, Shown, _displays.Sharing, _company.View));
        else if (_displays.OpenIn is null)
            Show(SessionScreens.WhoAsks(Spoken, _who.CheckNumber, _displays.Displays.Count));
    }

    // What is allowed, with what the parts of the session have to show on the bar.
    private Allowed Shown => _state.Allowed with
    {
        Unread = _chat.Unread,
        Copying = _copying.Count,
        HasFiles = _copying.HasAny,
        MayReplace = _kept.CanKeep && _kept.Left(_copying.Received).Count > 0,
        HasKept = _kept.List.Count > 0,
        ReadsCopied = _copied.IsOpen || _facts.IsOpen,
        Notice = _notice.Text,
    };

    /// <summary>The computer has other displays, or shares others.</summary>
    public void DisplaysChanged()
    {
        _displays.Recover();
        Refresh();
        WatchLost();
    }

    public override void Hear(CustomerEvent told)
    {
        if (_company.Hear(told))
            return;
        switch (told)
        {
            case CustomerEvent.Halted halted:
                _state.Log.Add("log.halted");
                Flow.Window.Announce(_state.SpokenOf(halted.Person)["announce.halted"]);
                ShowStopped();
                break;
            case CustomerEvent.Asked asked when _state is { HasBegun: true, IsVacant: false }:
                _question.Ask(asked.Permissions);
                break;
            case CustomerEvent.Asked asked:
                // Whoever was not let in is met first, and given nothing past that.
                Flow.Line?.Decline(asked.Permissions, asked.Person);
                break;
            case CustomerEvent.LineCame line:
                _chat.Hear(line.Text, line.Person);
                RefreshSoon();
                break;
            case CustomerEvent.LinesMarked marked:
                _chat.Mark(marked.Delivered, marked.Seen);
                RefreshSoon();
                break;
            case CustomerEvent.FactsAsked asked:
                _facts.Ask(asked.Facts);
                break;
            case CustomerEvent.FactsUnasked:
                _facts.Withdraw();
                break;
            case CustomerEvent.CopiedAsked asked:
                _copied.Ask(asked);
                break;
            case CustomerEvent.CopiedUnasked:
                _copied.Withdraw();
                break;
            case CustomerEvent.NothingCopied nothing:
                _copied.ShowNothing(nothing);
                break;
            case CustomerEvent.TextPlaced:
                _copied.NotePlaced();
                break;
            case CustomerEvent.TextGiven:
                _copied.NoteGiven();
                break;
            case CustomerEvent.PictureKept kept:
                _notice.TellPicture(kept.Person);
                break;
            case CustomerEvent.FilesChanged changed:
                _copying.Hear(changed.Files, changed.Now);
                break;
            case CustomerEvent.HeldBack held:
                ShowStopped(held.Why);
                break;
            case CustomerEvent.StillHelping:
                _holds.AskStill();
                break;
            case CustomerEvent.Guarded guarded:
                _holds.Guard(guarded.Kind);
                break;
            case CustomerEvent.Unguarded:
                _holds.Guard(null);
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
        if (_company.Take(happening))
            return;
        switch (happening)
        {
            case { Screen: "who-asks" }:
                AnswerWho(happening.Part);
                break;
            case { Screen: "displays" }:
                AnswerDisplays(happening);
                break;
            case { Window: CustomerFlow.ChatWindow }:
                _chat.Answer(happening);
                break;
            case { Window: CustomerFlow.FactsWindow }:
                _facts.Answer(happening.Part);
                break;
            case { Window: CustomerFlow.CopiedWindow }:
                _copied.Answer(happening.Part);
                break;
            case { Window: CustomerFlow.KeptWindow }:
                _kept.Answer(happening);
                break;
            case { Window: CustomerFlow.FilesWindow or CustomerFlow.OfferWindow or CustomerFlow.SendWindow }:
                _copying.Answer(happening);
                break;
            case { Screen: "again" }:
                _question.AnswerAgain(happening.Part);
                break;
            case { Window: CustomerFlow.AskWindow }:
                _question.Answer(happening.Screen, happening.Part);
                break;
            case { Window: Bar.Window }:
                AnswerBar(happening.Part);
                break;
            case { Screen: "stopped" }:
                _holds.AnswerStopped(happening.Part);
                break;
            case { Screen: "private" }:
                _holds.AnswerPrivate(happening.Part);
                break;
            case { Screen: "guarded" }:
                _holds.AnswerGuarded(happening.Part);
                break;
            case { Screen: "still" }:
                _holds.AnswerStill(happening.Part);
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
        _copied.Close();
        _facts.Close();
        _company.Close();
        _copying.Close();
        _kept.Close();
        _question.Close();
        _holds.Close();
    }

    /// <summary>Shows what Stop means; the gate is closed already. Before anybody looks, Stop means no.</summary>
    public void ShowStopped(Pauses why = Pauses.Stop)
    {
        if (!_state.HasBegun)
        {
            RefuseLook();
            return;
        }

        _displays.Close();
        _company.DeclineAll();
        _copying.Hold();
        _holds.ShowStopped(why);
    }

    /// <summary>Shows that a private moment has begun; the gate is closed already.</summary>
    public void ShowPrivate(bool byKey) => _holds.ShowPrivate(byKey);

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
        _state.HasBegun = true;
        // Chat comes with look (docs/protocol/07); afterwards it is taken back and given by itself.
        _state.Give(Permissions.View | Permissions.Chat, "log.look");
        Flow.Window.Close(CustomerFlow.MainWindow);
        Flow.Window.Announce(Spoken["announce.looking"]);
        Flow.Window.Play(Sound.HelpBegins);
        Flow.Window.HoldOffSleep(true, Spoken["bar.looking"]);
        WatchLost();
    }

    private void AnswerDisplays(Happening happening)
    {
        switch (happening.Part)
        {
            case "yes" when _displays.TryAnswer():
                if (!_state.HasBegun)
                    BeginLooking();
                _state.Log.Add("log.displays");
                Flow.Window.Announce(Spoken["announce.displays"]);
                Refresh();
                break;
            case "no" or Happening.Closed when !_state.HasBegun:
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

    private DisplayReason? Lost => _state.HasBegun && _state.Allowed is { Look: true, Stopped: false } ? _displays.Sharing.Lost : null;

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

    private void AnswerBar(string part)
    {
        switch (part)
        {
            case "chat":
                _chat.Open();
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
                _holds.AnswerPrivate(part);
                break;
            case "why":
                _holds.ShowWhy();
                break;
            case "show":
                _holds.ShowStoppedAgain();
                break;
            case "give-text":
                Flow.Line?.OfferCopied();
                break;
            case "displays":
                _displays.Open(CustomerFlow.DisplaysWindow, _displays.Sharing.Lost ?? DisplayReason.Change, Spoken);
                break;
            case "files":
                _copying.Open();
                break;
            case "replace":
                _kept.OpenReplace(_kept.Left(_copying.Received));
                break;
            case "kept":
                _kept.Open();
                break;
            case "end" when _copying.Count is not null && !_state.IsStopped:
                // What would break off is shown first; meanwhile nothing moves.
                Flow.Line?.Stop();
                ShowStopped();
                break;
            case "end":
                End(EndReason.CustomerEnded);
                break;
            default:
                if (PermissionStep.ToTakeBack(part) is { } step)
                    TakeBack(step);
                break;
        }
    }

    // A technician may write a hundred lines a second: what has come by then is shown once, and Stop does not wait behind it.
    private void RefreshSoon()
    {
        if (_isRefreshDue)
            return;
        _isRefreshDue = true;
        Post(() =>
        {
            _isRefreshDue = false;
            Refresh();
        });
    }

    private void TakeBack(PermissionStep step)
    {
        // Whoever sees nothing is not asked anything on top of it.
        if (step.TakesBack.HasFlag(Permissions.View))
            _question.Decline();
        _state.TakeBack(step.TakesBack, "log.back-" + step.Name);
        if (step.AnnouncedBack is { } announced)
            Flow.Window.Announce(Spoken[announced]);
    }

    // Nothing is in force any more; the engine has shut everything before it told this.
    private void LoseConnection(DateTimeOffset until)
    {
        _state.AwayUntil = until;
        _state.Log.Add("log.away");
        Refresh();
        Flow.Window.Announce(Spoken["announce.away"]);
    }

    // Also where somebody who is away has come to be in front.
    private void CountDown()
    {
        if (_counts || _state.AwayUntil is null)
            return;
        _counts = true;
        EverySecond(() => { if (_state.AwayUntil is not null) Refresh(); });
    }

    /// <param name="held">What was allowed before, and is not any more because the connection was away for long.</param>
    private void FindConnection(Permissions held)
    {
        _state.AwayUntil = null;
        _state.Forget(held);
        _state.Log.Add("log.returned");
        Refresh();
        Flow.Window.Announce(Spoken["announce.returned"]);
        _holds.TellSight();
        // The rest the technician asks for again, in its own words.
        if (held.HasFlag(PermissionStep.Control) && !_state.IsStopped)
            _question.AskAgain(held & PermissionStep.NeedsLook);
    }

    private void RefuseLook()
    {
        _state.Log.Add("log.refused-look");
        End(EndReason.Declined);
    }

    private void End(EndReason reason)
    {
        Flow.Line?.End(reason);
        Finish((SessionEnd)reason);
    }

    private void Finish(SessionEnd end)
    {
        _state.Log.Add("log.ended");
        if (_state.HasBegun)
            Flow.Window.Play(Sound.HelpEnds);
        Flow.Go(new EndStage(Flow, end, (_who.Technician, Flow.Line?.Session.Log), _state.Log, _copying.Now, _newCode));
    }
}
