namespace Nabij.Server.Rendezvous;

/// <summary>
/// Start and end of the rendezvous: closes the records that a crash left open, and when the server stops tells every
/// waiting host and both sides of every run (4006) while their connections still stand.
/// </summary>
internal sealed class RendezvousLife(SessionLedger ledger, WaitingRoom room, ResumeRoom returning, TechnicianRuns runs, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration _stopping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ledger.CloseAbandonedAsync(cancellationToken);
        _stopping = lifetime.ApplicationStopping.Register(() =>
        {
            room.Close();
            returning.Close();
            runs.Close();
        });
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await _stopping.DisposeAsync();
}
