using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.SelfTest;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>The part of the server's services that commands use without a web server.</summary>
internal static class CommandServices
{
    /// <summary>Opens an existing data folder, brings its database up to date, and gives the services.</summary>
    internal static async Task<ServiceProvider> OpenAsync(DataFolder folder, CancellationToken cancellation)
    {
        if (!DatabaseAddress.Exists(folder))
            throw new OperatorException($"{folder.Path} is not the data folder of a server: there is no nabij.db in it, and no file \"database\" that names a PostgreSQL database. Check --data, or run `nabij-server setup` first.");
        await StorageFeature.PrepareAsync(folder, TimeProvider.System, cancellation);
        return Build(folder);
    }

    internal static ServiceProvider Build(DataFolder folder, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddStorage(folder);
        services.AddAudit();
        services.AddOrganizationStore();
        services.AddAccountStore();
        services.AddSelfTest();
        return services.BuildServiceProvider(validateScopes: true);
    }
}
