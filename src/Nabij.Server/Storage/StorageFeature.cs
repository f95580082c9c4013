namespace Nabij.Server.Storage;

internal static class StorageFeature
{
    internal static void AddStorage(this WebApplicationBuilder builder, DataFolder folder)
    {
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton<DatabaseSource>();
        builder.Services.AddScoped<OrganizationScope>();
        builder.Services.AddScoped(services =>
            services.GetRequiredService<DatabaseSource>().Open(services.GetRequiredService<OrganizationScope>()));
    }

    /// <summary>Opens the folder and brings the database to this program's version. Called before anything listens.</summary>
    internal static async Task<DatabaseSource> PrepareAsync(DataFolder folder, TimeProvider clock, CancellationToken cancellation)
    {
        folder.Open();
        var source = new DatabaseSource(folder);
        await SchemaUpdate.ApplyAsync(source.ConnectionString, clock, cancellation);
        return source;
    }
}
