using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Web.Outbound;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Tests.Webhooks;

/// <summary>A server with a manual clock whose operator allows webhooks to loopback. Nothing is sent but when the test says so.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private HookServer(RunningServer server, ManualClock clock) => (Server, Clock) = (server, clock);

    internal RunningServer Server { get; }

    internal ManualClock Clock { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<HookServer> StartAsync(DirectoryInfo? folder = null, ManualClock? clock = null, string privateNetworks = "127.0.0.0/8", NameLookup? names = null, bool sendsByItself = false)
    {
        clock ??= new ManualClock();
        var settings = new Dictionary<string, string?>(ServerSockets.Wide.Settings) { ["Webhooks:PrivateNetworks"] = privateNetworks };
        var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Clock = clock,
            Folder = folder,
            Settings = settings,
            Adjust = builder =>
            {
                // It looks every second, which is a lot in tests that let days pass.
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(SignInWatch)));
                if (!sendsByItself)
                    builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(WebhookLoop)));
                if (names is not null)
                    builder.Services.Replace(ServiceDescriptor.Singleton(names));
            },
        });
        return new HookServer(server, clock);
    }

    /// <summary>Makes a webhook as the pages do; gives its secret.</summary>
    internal async Task<(Guid Id, string Secret)> MakeAsync(string address, params string[] events)
    {
        var form = new WebhookForm { Name = "tickets", Address = address, Events = events.Length == 0 ? WebhookEvents.All : events };
        var (hook, secret) = await ActAsync(async acts =>
        {
            var (made, text, problem) = await acts.MakeAsync(("test", Guid.NewGuid()), form, Cancel);
            Assert.True(made is not null, problem?.Key);
            return (made, text);
        });
        return (hook.Id, secret);
    }

    internal async Task<T> ActAsync<T>(Func<WebhookActs, Task<T>> act)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await using var database = await Server.OpenDatabaseAsync();
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(database.CurrentOrganizationId);
        return await act(scope.ServiceProvider.GetRequiredService<WebhookActs>());
    }

    internal Task TestAsync(Guid hook) => ActAsync(async acts => await acts.TestAsync("test", await FindAsync(hook), Cancel));

    internal async Task<Webhook> FindAsync(Guid id)
    {
        await using var database = await Server.OpenDatabaseAsync();
        return await database.Set<Webhook>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel);
    }

    internal async Task<List<WebhookDelivery>> LogAsync()
    {
        await using var database = await Server.OpenDatabaseAsync();
        return await database.Set<WebhookDelivery>().AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(Cancel);
    }

    /// <summary>Sends what is due now, and waits until it is sent.</summary>
    internal async Task SendAsync()
    {
        var sender = Server.Services.GetRequiredService<WebhookSender>();
        await sender.LookAsync(Cancel);
        await sender.SettleAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
