namespace Nabij.Server.Webhooks;

/// <summary>Looks every two seconds whether a message is due, and waits at the end until nothing is being sent.</summary>
internal sealed class WebhookLoop(WebhookSender sender, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    // From the beginning: what runs in the background may begin later than the clock goes on.
    private readonly PeriodicTimer _timer = new(Period, clock);

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
                await sender.LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await sender.SettleAsync();
        }
    }
}
