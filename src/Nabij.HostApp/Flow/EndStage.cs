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
    private KeptFiles? _kept;

    private bool MayGoOn => end is SessionEnd.Declined or SessionEnd.ConnectionLost or SessionEnd.ProgramClosed;

    public SessionEnd End => end;

    public override void Enter()
    {
        Refresh();
        Flow.Window.Raise(CustomerFlow.MainWindow);
        _kept = new KeptFiles(Flow, (work, done) => Work(_ => Task.FromResult(work()), done), Refresh);
        _kept.Look();
        if (end == SessionEnd.ScreenLost)
            Flow.DropDesktop();
        else
            Flow.CloseLine();
    }

    public override void Refresh()
    {
        var phrases = Phrases.With("technician", PeerText.Name(session.Technician));
        var offers = new EndOffers(MayGoOn, session.Log is not null, _told) { ProgramFile = Flow.ProgramFile, HasKept = _kept?.List.Count > 0 };
        Show(SessionScreens.End(phrases, end.ToString().ToLowerInvariant(), log.Lines(phrases), FileScreens.Last(phrases, files), offers));
        _kept?.Show();
    }

    public override void Take(Happening happening)
    {
        if (happening.Window == CustomerFlow.KeptWindow)
        {
            _kept?.Answer(happening);
            return;
        }

        switch (happening.Part)
        {
            case "kept":
                _kept?.Open();
                break;
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

    protected override void Leave() => _kept?.Close();

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
