using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

internal sealed class SessionStage(CustomerFlow flow) : Stage(flow)
{
    public override void Enter()
    {
    }

    public override void Take(Happening happening)
    {
    }

    public void StopNow() => Post(() => { });
}
