using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Server.Organizations;
using Nabij.Server.Web;

namespace Nabij.Server.Terms;

internal static class TermsFeature
{
    internal static void AddTerms(this IServiceCollection services)
    {
        services.AddScoped<TermsShelf>();
        services.AddScoped<TermsDesk>();
    }

    internal static void MapTerms(this WebApplication app)
    {
        var group = app.MapGroup("/o/{slug}").AllowAnonymous();
        group.MapMethods("/terms", PageRoutes.Verbs, OverviewAsync);
        group.MapMethods("/terms/{version}/{language}", PageRoutes.Verbs, (string slug, string version, string language, OrganizationEntry entry, TermsShelf shelf, CancellationToken cancellation) =>
            TextAsync(slug, (TermsText.Terms, version, language), entry, shelf, cancellation));
        group.MapMethods("/licence/{version}/{language}", PageRoutes.Verbs, (string slug, string version, string language, OrganizationEntry entry, TermsShelf shelf, CancellationToken cancellation) =>
            TextAsync(slug, (TermsText.Licence, version, language), entry, shelf, cancellation));
    }

    private static async Task<Results<JsonHttpResult<TermsOverview>, NotFound>> OverviewAsync(
        string slug, OrganizationEntry entry, TermsShelf shelf, CancellationToken cancellation) =>
        await entry.FindAsync(slug, cancellation) is null
            ? TypedResults.NotFound()
            : TypedResults.Json(await shelf.OverviewAsync(cancellation), TermsJson.Default.TermsOverview);

    /// <summary>The exact bytes that the hash is over.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound>> TextAsync(
        string slug, (string Kind, string Version, string Language) wanted, OrganizationEntry entry, TermsShelf shelf, CancellationToken cancellation)
    {
        if (await entry.FindAsync(slug, cancellation) is null)
            return TypedResults.NotFound();
        return await shelf.FindAsync(wanted.Kind, wanted.Version, wanted.Language, cancellation) is { } text
            ? TypedResults.Bytes(text.Content, "text/plain; charset=utf-8")
            : TypedResults.NotFound();
    }
}
