using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Desk;
using Nabij.Server.Tests.Rendezvous;

[assembly: AssemblyFixture(typeof(DeskServer))]

namespace Nabij.Server.Tests.Desk;

/// <summary>
/// One server for the tests of the desk's addresses, which leave nothing behind that another would see, with an
/// auditor beside the owner. Starts when the first test asks for it.
/// </summary>
public sealed class DeskServer : IAsyncDisposable
{
    internal const string AuditorEmail = "auditor@example.test", SecondEmail = "second@example.test";

    private readonly Lazy<Task<RunningServer>> _server = new(StartAsync);

    internal Task<RunningServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await AddAsync(server, AuditorEmail, Role.Auditor);
        await AddAsync(server, SecondEmail, Role.Technician);
        return server;
    }

    internal static async Task AddAsync(RunningServer server, string email, string role)
    {
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(CancellationToken.None);
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(organization.Id);
        var (account, problems) = await scope.ServiceProvider.GetRequiredService<AccountRegistration>().CreateAsync(email, RunningServer.Password, email, [role]);
        Assert.True(account is not null, string.Join(" ", problems));
    }
}
