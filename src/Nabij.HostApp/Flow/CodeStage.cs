using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Opens the line to the server, shows the code, and keeps it fresh until a technician has proven it. Says so when
/// somebody enters a wrong one.
/// </summary>
internal sealed class CodeStage(CustomerFlow flow, ConsentRecord consent, string name) : Stage(flow)
{
    private CustomerEvent.CodeReady? _code;
    private DateTimeOffset? _pausedUntil;
    private bool _busy;
    private bool _over;
    private string? _notice;
    private int _shown;

    public override void Enter()
    {
        Refresh();
        EverySecond(Count);
        if (!Flow.OpenLine(consent, name))
            InTheWay(new Trouble(TroubleKind.Screen));
    }

    public override void Refresh()
    {
        _shown = Remaining();
        if (_over)
            Show(CodeScreens.TooMany(Phrases));
        else if (_pausedUntil is not null)
            Show(CodeScreens.Pause(Phrases, _shown));
        else if (_code is { } code)
            Show(CodeScreens.Code(Phrases, code.Digits, _busy ? 0 : _shown, Notice(code)));
        else
            Show(StartScreens.Waiting(Phrases, "connecting", Phrases["connecting.meter"]));
    }

    public override void Hear(CustomerEvent told)
    {
        switch (told)
        {
            case CustomerEvent.CodeReady code:
                (_code, _pausedUntil, _busy) = (code, null, false);
                _notice = NoticeKey(code);
                Refresh();
                // Said without the digits, which belong in nothing that is broadcast: a voice reads them at the code itself.
                if (_notice is { } notice)
                    Flow.Window.Announce(Phrases[notice.StartsWith("code.wrong", StringComparison.Ordinal) ? "code.wrong.said" : notice]);
                break;
            case CustomerEvent.Joined:
                _busy = true;
                Refresh();
                break;
            case CustomerEvent.Paused paused:
                _pausedUntil = paused.Until;
                Refresh();
                Flow.Window.Raise(CustomerFlow.MainWindow);
                break;
            case CustomerEvent.TooManyWrong:
                _over = true;
                Flow.CloseLine();
                Refresh();
                Flow.Window.Raise(CustomerFlow.MainWindow);
                break;
            case CustomerEvent.TechnicianConnected asks:
                Flow.Go(new SessionStage(Flow, asks, () => new CodeStage(Flow, consent, name)));
                break;
            case CustomerEvent.InTheWay way:
                InTheWay(way.Trouble);
                break;
            default:
                break;
        }
    }

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private static string? NoticeKey(CustomerEvent.CodeReady code) => code.News switch
    {
        CodeNews.WrongCode => code.Digits[0] >= '8' ? "code.wrong.short" : "code.wrong",
        CodeNews.Revoked => "code.revoked",
        CodeNews.Uncertified => "code.uncertified",
        CodeNews.BrokenOff => "code.broken",
        CodeNews.BackAgain => "code.back",
        CodeNews.Renewed => "code.renewed",
        _ => null,
    };

    private string? Notice(CustomerEvent.CodeReady code) => _notice is null ? null : CodeText.Fill(code.Digits, Phrases)[_notice];

    private void InTheWay(Trouble trouble)
    {
        if (trouble.Kind == TroubleKind.Screen)
            Flow.DropDesktop();
        else
            Flow.CloseLine();
        Flow.Go(new ProblemStage(Flow, trouble, Flow.Organization!.Shop.Host, () => new CodeStage(Flow, consent, name)));
    }

    // Minutes while a code is shown, seconds while there is a pause; never below 1.
    private int Remaining()
    {
        if (_pausedUntil is { } until)
            return Math.Max(1, (int)Math.Ceiling((until - Flow.Time.GetUtcNow()).TotalSeconds));
        return _code is { } code ? Math.Max(1, (int)Math.Ceiling((code.Until - Flow.Time.GetUtcNow()).TotalMinutes)) : 0;
    }

    private void Count()
    {
        if (!_over && Remaining() != _shown)
            Refresh();
    }
}
