namespace Nabij.Server.Storage;

internal static class StorageFeature
{
    internal static void AddStorage(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(folder);
        services.AddSingleton<DatabaseSource>();
        services.AddScoped<OrganizationScope>();
        services.AddScoped(provider =>
            provider.GetRequiredService<DatabaseSource>().Open(provider.GetRequiredService<OrganizationScope>()));
    }

    /// <summary>Opens the folder and brings the database to this program's version. Called before anything listens.</summary>
    internal static async Task<DatabaseSource> PrepareAsync(DataFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        folder.Open();
        var source = new DatabaseSource(folder);
        await SchemaUpdate.ApplyAsync(source.Engine, clock, cancellation);
        return source;
    }
}
