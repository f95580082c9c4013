using Nabij.HostApp.Screens;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

internal sealed class CodeStage(CustomerFlow flow, ConsentRecord consent, string name) : Stage(flow)
{
    public override void Enter() => Show(StartScreens.Waiting(Phrases, "connecting", Phrases["connecting.meter"] + name + consent.TermsId));

    public override void Take(Happening happening)
    {
        if (happening.Part is "close" or Happening.Closed)
            Flow.Quit();
    }
}
