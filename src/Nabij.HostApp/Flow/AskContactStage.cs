using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>Asks whose idea the contact was. Who was called first sees advice, and may go on only after half a minute.</summary>
internal sealed class AskContactStage(CustomerFlow flow) : Stage(flow)
{
    /// <summary>How long the advice stands before going on is possible, in seconds.</summary>
    public const int AdviceSeconds = 30;

    private int? _secondsLeft;
    private KeptFiles? _kept;

    public override void Enter()
    {
        if (_kept is null)
        {
            _kept = new KeptFiles(Flow, (work, done) => Work(_ => Task.FromResult(work()), done), Refresh);
            _kept.Look();
        }

        Show(_secondsLeft is { } left ? StartScreens.Refuse(Phrases, left) : StartScreens.Contacted(Phrases, _kept.List.Count > 0));
    }

    protected override void Leave() => _kept?.Close();

    public override void Take(Happening happening)
    {
        switch (happening)
        {
            case { Window: CustomerFlow.KeptWindow }:
                _kept?.Answer(happening);
                break;
            case { Screen: "contacted", Part: "kept" }:
                _kept?.Open();
                break;
            case { Screen: "contacted", Part: "yes" }:
                Flow.Go(new TermsStage(Flow));
                break;
            case { Screen: "contacted", Part: "no" } when _secondsLeft is null:
                _secondsLeft = AdviceSeconds;
                Enter();
                EverySecond(Count);
                break;
            case { Screen: "refuse", Part: "go-on" } when _secondsLeft == 0:
                Flow.Go(new TermsStage(Flow));
                break;
            case { Part: "close" or Happening.Closed }:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private void Count()
    {
        if (_secondsLeft is not > 0)
            return;
        _secondsLeft--;
        Enter();
    }
}
