using Microsoft.AspNetCore.Http.HttpResults;
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
        services.AddSingleton<RecordsKeys>();
        services.AddSingleton<OrganizationDocuments>();
        services.AddSingleton<OrganizationDirectory>();
        services.AddSingleton<DenyList>();
        services.AddSingleton<TechnicianKeys>();
        services.AddScoped<OrganizationEntry>();
        services.AddScoped<OrganizationSetup>();
    }

    internal static void MapOrganizations(this WebApplication app)
    {
        var group = app.MapGroup("/o/{slug}").AllowAnonymous();
        group.MapPage("/organization.json", DocumentAsync);
        group.MapPage("/brand.css", BrandAsync);
        app.MapPage("/organization.json", DefaultDocumentAsync).AllowAnonymous();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> DocumentAsync(
        string slug, OrganizationDirectory organizations, OrganizationDocuments documents, PublicOrigin origin, CancellationToken cancellation) =>
        await AnswerAsync(await organizations.FindAsync(slug, cancellation), documents, origin, cancellation);

    /// <summary>For a program whose customer typed the shop's address without a path.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> DefaultDocumentAsync(
        OrganizationDirectory organizations, OrganizationDocuments documents, PublicOrigin origin, CancellationToken cancellation) =>
        await AnswerAsync(await organizations.FindDefaultAsync(cancellation), documents, origin, cancellation);

    private static async Task<Results<FileContentHttpResult, NotFound>> AnswerAsync(
        Organization? organization, OrganizationDocuments documents, PublicOrigin origin, CancellationToken cancellation) =>
        organization is not null && await documents.FindAsync(organization, origin.Value.Text, cancellation) is { } signed
            ? TypedResults.Bytes(signed, "application/json")
            : TypedResults.NotFound();

    /// <summary>The brand color as a style sheet, because the content policy allows no inline styles.</summary>
    private static async Task<Results<ContentHttpResult, NotFound>> BrandAsync(string slug, OrganizationDirectory organizations, CancellationToken cancellation) =>
        await organizations.FindAsync(slug, cancellation) is { } organization
            ? TypedResults.Text($":root {{ --brand: {organization.Color}; --on-brand: {(BrandColor.IsDark(organization.Color) ? "#ffffff" : "#111111")}; }}\n", "text/css")
            : TypedResults.NotFound();
}
