using Nabij.HostApp.Screens;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Opens the line to the server, shows the code, and keeps it fresh until a technician has proven it. Says so when
/// somebody enters a wrong one.
/// </summary>
internal sealed class CodeStage(CustomerFlow flow, ConsentRecord consent, string name) : Stage(flow)
{
    private SupportEvent.CodeReady? _code;
    private DateTimeOffset? _pausedUntil;
    private bool _busy;
    private bool _over;
    private string? _notice;
    private int _shown;

    public override void Enter()
    {
        Refresh();
        EverySecond(Count);
        Flow.OpenLine(consent, name);
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

    public override void Hear(SupportEvent told)
    {
        switch (told)
        {
            case SupportEvent.CodeReady code:
                (_code, _pausedUntil, _busy) = (code, null, false);
                _notice = NoticeKey(code);
                Refresh();
                if (Notice(code) is { } notice)
                    Flow.Window.Announce(notice);
                break;
            case SupportEvent.Joined:
                _busy = true;
                Refresh();
                break;
            case SupportEvent.Paused paused:
                _pausedUntil = paused.Until;
                Refresh();
                Flow.Window.Raise(CustomerFlow.MainWindow);
                break;
            case SupportEvent.TooManyWrong:
                _over = true;
                Flow.CloseLine();
                Refresh();
                Flow.Window.Raise(CustomerFlow.MainWindow);
                break;
            case SupportEvent.WhoAsks asks:
                Flow.Go(new SessionStage(Flow, asks, () => new CodeStage(Flow, consent, name)));
                break;
            case SupportEvent.InTheWay trouble:
                Flow.CloseLine();
                Flow.Go(new ProblemStage(Flow, trouble.Problem, Again(trouble.Problem), trouble.Clocks.Fill));
                break;
            default:
                break;
        }
    }

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "copy" when _code is { } code:
                Flow.Window.CopyText(code.Digits);
                Flow.Window.Announce(Phrases["code.copied"]);
                break;
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private static string? NoticeKey(SupportEvent.CodeReady code) => code.News switch
    {
        CodeNews.WrongCode => code.Digits[0] >= '8' ? "code.wrong.short" : "code.wrong",
        CodeNews.BrokenOff => "code.broken",
        CodeNews.Declined => "code.declined",
        CodeNews.Renewed => "code.renewed",
        _ => null,
    };

    private string? Notice(SupportEvent.CodeReady code) => _notice is null ? null : CodeText.Fill(code.Digits, Phrases)[_notice];

    // Outdated and unknown programs do not get better by trying.
    private Func<Stage>? Again(Problem problem) =>
        problem is Problem.Outdated or Problem.Organization ? null : () => new CodeStage(Flow, consent, name);

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
