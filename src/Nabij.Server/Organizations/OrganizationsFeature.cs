using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Commands;
using Nabij.Server.Storage;
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
        group.MapMethods("/organization.json", PageRoutes.Verbs, DocumentAsync);
        group.MapMethods("/brand.css", PageRoutes.Verbs, BrandAsync);
        group.MapMethods("/logo", PageRoutes.Verbs, LogoAsync);
        app.MapMethods("/organization.json", PageRoutes.Verbs, DefaultDocumentAsync).AllowAnonymous();
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

    private static async Task<Results<ContentHttpResult, NotFound>> BrandAsync(string slug, OrganizationDirectory organizations, CancellationToken cancellation) =>
        await organizations.FindAsync(slug, cancellation) is { } organization
            ? TypedResults.Text(BrandSheet.Of(organization.Color, organization.AccentColor), "text/css")
            : TypedResults.NotFound();

    /// <summary>
    /// The picture and nothing else: whatever a browser makes of the bytes, it may do nothing (the type is not guessed either,
    /// Web/SecurityHeaders.cs). It may be kept: another picture has another address.
    /// </summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> LogoAsync(
        string slug, HttpContext context, OrganizationEntry entry, ServerDatabase database, CancellationToken cancellation)
    {
        if (await entry.FindAsync(slug, cancellation) is null || await database.Set<OrganizationLogo>().AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } logo)
            return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "public, max-age=86400, immutable";
        return TypedResults.Bytes(logo.Content, logo.MediaType);
    }
}
