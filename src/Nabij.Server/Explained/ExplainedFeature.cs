// What is explained to people: how a session is protected and where that ends, what is kept about them, what a customer
// will see, and a template of a processor agreement. Static pages, made of words and of the settings of this server.

using System.Text;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Terms;
using Nabij.Server.Web;

namespace Nabij.Server.Explained;

internal static class ExplainedFeature
{
    private const string AgreementPath = "/processor-agreement";

    internal static void AddExplained(this WebApplicationBuilder builder) => builder.Services.AddSingleton<TourPictures>();

    internal static void MapExplained(this WebApplication app)
    {
        var open = app.MapGroup("/o/{slug}").AllowAnonymous();
        open.MapMethods("/safety", PageRoutes.Verbs, async (string slug, HttpContext context, PageContexts pages, OrganizationEntry entry, OrganizationKeys keys) =>
            await entry.FindAsync(slug, context.RequestAborted) is { } organization
                ? pages.Create(context, organization, withForms: false).Show<SafetyPage>(keys.IsOffline(organization.Id))
                : TypedResults.NotFound());
        open.MapMethods("/tour", PageRoutes.Verbs, async (string slug, HttpContext context, PageContexts pages, OrganizationEntry entry, TourPictures pictures) =>
            await entry.FindAsync(slug, context.RequestAborted) is { } organization
                ? pages.Create(context, organization, withForms: false).Show<TourPage>(pictures)
                : TypedResults.NotFound());
        open.MapMethods("/privacy", PageRoutes.Verbs, async (string slug, HttpContext context, PageContexts pages, OrganizationEntry entry, ServerDatabase database, IOptions<Retention> retention) =>
            await entry.FindAsync(slug, context.RequestAborted) is { } organization
                ? pages.Create(context, organization, withForms: false).Show<PrivacyPage>(
                    await PrivacyView.ReadAsync(organization, KeptTimes.Of(organization, retention.Value), database, context.RequestAborted))
                : TypedResults.NotFound());
        var staff = app.MapGroup(AgreementPath).RequireAuthorization(Policies.Admin);
        staff.MapMethods("", PageRoutes.Verbs, async (HttpContext context, PageContexts pages, OrganizationEntry entry, IOptions<Retention> retention) =>
        {
            var (page, text) = await AgreementAsync(context, pages, entry, retention.Value);
            return page.Show<AgreementPage>(PlainMarkdown.Parse(Encoding.UTF8.GetBytes(text)));
        });
        staff.MapMethods("/text", PageRoutes.Verbs, async (HttpContext context, PageContexts pages, OrganizationEntry entry, IOptions<Retention> retention) =>
        {
            var (page, text) = await AgreementAsync(context, pages, entry, retention.Value);
            return TypedResults.File(Encoding.UTF8.GetBytes(text), "text/markdown; charset=utf-8", $"{page.Texts["agreement.title"]}.md");
        });
    }

    private static async Task<(PageContext Page, string Text)> AgreementAsync(HttpContext context, PageContexts pages, OrganizationEntry entry, Retention retention)
    {
        var organization = await entry.FindAsync(SignedIn.Of(context).OrganizationId, context.RequestAborted)
            ?? throw new InvalidOperationException("A sign-in belongs to an organization.");
        var page = pages.Create(context, organization);
        return (page, AgreementTemplate.Fill(organization, KeptTimes.Of(organization, retention), page.Texts));
    }
}
