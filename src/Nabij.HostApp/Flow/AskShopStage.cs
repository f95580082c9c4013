using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>Asks for the shop's address, when the program came without one.</summary>
internal sealed class AskShopStage(CustomerFlow flow) : Stage(flow)
{
    private string _typed = string.Empty;
    private string? _error;

    public override void Enter() => Show(StartScreens.AskShop(Phrases, _typed, _error is null ? null : Phrases[_error]));

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "address":
                _typed = happening.Value ?? string.Empty;
                break;
            case "continue":
                Continue();
                break;
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private void Continue()
    {
        var (address, error) = ShopAddress.Read(_typed);
        if (address is not null)
        {
            Flow.Go(new FetchShopStage(Flow, address));
            return;
        }

        _error = error;
        Enter();
        Flow.Window.Announce(Phrases[_error!]);
    }
}
