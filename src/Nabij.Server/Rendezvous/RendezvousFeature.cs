using Nabij.Server.Commands;
using Nabij.Server.Relay;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>The rendezvous and the relay: `/ws/host`, `/ws/viewer`, and what stands behind them.</summary>
internal static class RendezvousFeature
{
    internal static void AddRendezvous(this WebApplicationBuilder builder, RunOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(provider => Limits.Read(options.Limits, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new LeaseStamp(LeaseKey.Read(provider.GetRequiredService<DataFolder>())));
        services.AddSingleton(provider => new ResumeStamp(LeaseKey.Read(provider.GetRequiredService<DataFolder>())));
        services.AddSingleton<IDirectory>(provider => new MemoryDirectory(
            provider.GetRequiredService<LeaseStamp>(), provider.GetRequiredService<Limits>().WaitingPerAddress, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SocketCount(provider.GetRequiredService<Limits>().SocketsPerAddress));
        services.AddSingleton<RegistrationLimit>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<WrongCodes>();
        services.AddSingleton<SessionLedger>();
        services.AddSingleton<TechnicianSignIns>();
        services.AddSingleton<SocketDoor>();
        services.AddSingleton<Seating>();
        services.AddSingleton<HostRegistration>();
        services.AddSingleton<GuestRegistration>();
        services.AddSingleton<HostSocket>();
        services.AddSingleton<WaitingRoom>();
        services.AddSingleton<JoinGate>();
        services.AddSingleton<TechnicianRuns>();
        services.AddSingleton<ResumeRoom>();
        services.AddSingleton<ResumeGate>();
        services.AddSingleton<ResumeSocket>();
        services.AddSingleton<ViewerSocket>();
        services.AddHostedService<RendezvousLife>();
        builder.WebHost.ConfigureKestrel(KestrelBuffers.Apply);
    }

    internal static void MapRendezvous(this WebApplication app)
    {
        // Made now, so that a limit or a key that is not right stops the server before it listens.
        var host = app.Services.GetRequiredService<HostSocket>();
        var viewer = app.Services.GetRequiredService<ViewerSocket>();
        app.MapGet("/ws/host", host.HandleAsync).AllowAnonymous().DisableRequestTimeout();
        // Open to anyone by address; what opens it is the ticket in the first message.
        app.MapGet("/ws/viewer", viewer.HandleAsync).AllowAnonymous().DisableRequestTimeout();
    }
}
