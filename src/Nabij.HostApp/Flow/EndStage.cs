using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Session;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Says that the help has ended, why, what was done, and what to do now. Where the customer may still want help, a
/// new code is one press away.
/// </summary>
internal sealed class EndStage(CustomerFlow flow, SessionEnd end, string technician, SessionLog log, Func<Stage> newCode) : Stage(flow)
{
    private bool MayGoOn => end is SessionEnd.Declined or SessionEnd.ConnectionLost or SessionEnd.ProgramClosed;

    public SessionEnd End => end;

    public override void Enter()
    {
        Refresh();
        Flow.Window.Raise(CustomerFlow.MainWindow);
        if (end == SessionEnd.ScreenLost)
            Flow.DropDesktop();
        else
            Flow.CloseLine();
    }

    public override void Refresh()
    {
        var phrases = Phrases.With("technician", PeerText.Name(technician));
        Show(SessionScreens.End(phrases, end.ToString().ToLowerInvariant(), log.Lines(phrases), MayGoOn));
    }

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "again" when MayGoOn:
                Flow.Go(newCode());
                break;
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }
}
