using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>Says what is in the way; tries again where that can help.</summary>
/// <param name="flow">The flow.</param>
/// <param name="problem">What is in the way.</param>
/// <param name="again">The stage to try again; null when that cannot help.</param>
/// <param name="fill">Adds names to the phrases, such as the two clocks.</param>
internal sealed class ProblemStage(CustomerFlow flow, Problem problem, Func<Stage>? again, Func<Phrases, Phrases>? fill = null) : Stage(flow)
{
    public Problem Problem => problem;

    public override void Enter() => Show(CodeScreens.Problem(
        fill is null ? Phrases : fill(Phrases), problem.ToString().ToLowerInvariant(), again is not null));

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "again" when again is not null:
                Flow.Go(again());
                break;
            case "close" or Happening.Closed:
                Flow.Quit(1);
                break;
            default:
                break;
        }
    }
}
