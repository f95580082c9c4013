using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>The part of the server's services that commands use without a web server.</summary>
internal static class CommandServices
{
    internal static ServiceProvider Build(DataFolder folder, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddStorage(folder);
        services.AddAudit();
        services.AddOrganizationStore();
        services.AddAccountStore();
        return services.BuildServiceProvider(validateScopes: true);
    }
}
