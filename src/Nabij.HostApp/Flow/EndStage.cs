using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Files;
using Nabij.HostCore.Session;
using Nabij.Protocol.Log;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Says that the help has ended, why, what was done, and what to do now. Where the customer may still want help, a
/// new code is one press away.
/// </summary>
internal sealed class EndStage(CustomerFlow flow, SessionEnd end, (string Technician, CustomerLog? Log) session, SessionLog log, FilesNow files, Func<Stage> newCode) : Stage(flow)
{
    private string? _told;

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
        var phrases = Phrases.With("technician", PeerText.Name(session.Technician));
        Show(SessionScreens.End(phrases, end.ToString().ToLowerInvariant(), log.Lines(phrases), FileScreens.Last(phrases, files), new EndOffers(MayGoOn, session.Log is not null, _told) { ProgramFile = Flow.ProgramFile }));
    }

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "again" when MayGoOn:
                Flow.Go(newCode());
                break;
            case "save" when session.Log is { } kept:
                Save(kept);
                break;
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private void Save(CustomerLog kept)
    {
        var phrases = Phrases.With("technician", PeerText.Name(session.Technician));
        Flow.Window.AskWhereToSave(CustomerFlow.MainWindow, SavedLog.NameFor(kept, phrases), path =>
        {
            if (path is not null)
                Work(token => TrySaveAsync(path, SavedLog.Page(kept, phrases), token), Tell);
        });
    }

    private void Tell(bool isSaved)
    {
        _told = isSaved ? "saved.done" : "saved.failed";
        Refresh();
        Flow.Window.Announce(Phrases[_told]);
    }
}
