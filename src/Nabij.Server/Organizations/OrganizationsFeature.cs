using Nabij.Server.Commands;
using Nabij.Server.Web;

namespace Nabij.Server.Organizations;

internal static class OrganizationsFeature
{
    internal static void AddOrganizations(this WebApplicationBuilder builder, RunOptions options)
    {
        builder.Services.AddSingleton(new PublicOrigin(options.Origin));
        builder.Services.AddOrganizationStore();
    }

    internal static void AddOrganizationStore(this IServiceCollection services)
    {
        services.AddSingleton<OrganizationKeys>();
        services.AddSingleton<OrganizationDirectory>();
        services.AddScoped<OrganizationSetup>();
    }

    internal static void MapOrganizations(this WebApplication app) =>
        app.MapGet("/o/{slug}/brand.css", async (string slug, OrganizationDirectory organizations, CancellationToken cancellation) =>
            await organizations.FindAsync(slug, cancellation) is { } organization
                ? Results.Text($":root {{ --brand: {organization.Color}; }}\n", "text/css")
                : Results.NotFound()).AllowAnonymous();
}
