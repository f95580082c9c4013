namespace Nabij.Server.Webhooks;

/// <summary>Looks every two seconds whether a message is due, and waits at the end until nothing is being sent.</summary>
internal sealed class WebhookLoop(WebhookSender sender, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await sender.LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await sender.SettleAsync();
        }
    }
}
