using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>Asks the address that was typed who it is, and then the person whether that is right.</summary>
internal sealed class FetchShopStage(CustomerFlow flow, ShopAddress address) : Stage(flow)
{
    private Organization? _found;

    public override void Enter()
    {
        Refresh();
        if (_found is null)
            Work(token => Flow.Server.FetchOrganizationAsync(address, token), Found);
    }

    public override void Refresh() => Show(_found is null
        ? StartScreens.Waiting(Phrases, "fetch-shop", Phrases.With("host", address.Host)["shop.loading"])
        : StartScreens.ShopFound(Phrases));

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "yes" when _found is not null:
                Flow.Go(new AskContactStage(Flow));
                break;
            case "no":
                Flow.Forget();
                Flow.Go(new AskShopStage(Flow));
                break;
            case "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private void Found(Fetched<Organization> fetched)
    {
        if (fetched.Value is not { } organization)
        {
            Flow.Go(new ProblemStage(Flow, fetched.Trouble!, address.Host, () => new AskShopStage(Flow)));
            return;
        }

        _found = organization;
        Flow.Choose(organization);
        Refresh();
    }
}
