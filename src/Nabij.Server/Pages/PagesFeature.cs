using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Web;

namespace Nabij.Server.Pages;

internal static class PagesFeature
{
    internal static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton<PageContexts>();
    }

    /// <summary>The desk is one document; what it does is the viewer's script (settled.md 16).</summary>
    internal static void MapDesk(this WebApplication app) =>
        app.MapMethods("/desk", PageRoutes.Verbs, async (HttpContext context, PageContexts pages, OrganizationDirectory organizations) =>
        {
            var who = SignedIn.From(context.User);
            var organization = who is null ? null : await organizations.FindAsync(who.OrganizationId, context.RequestAborted);
            return pages.Create(context, organization).Show<DeskPage>();
        }).RequireAuthorization(Policies.Technician);

    internal static IResult Show<TPage>(this PageContext page)
        where TPage : IComponent => Render<TPage>(new() { ["Page"] = page }, StatusCodes.Status200OK);

    /// <summary>Renders a page. Its component has the parameters Page and Model.</summary>
    internal static IResult Show<TPage>(this PageContext page, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent => Render<TPage>(new() { ["Page"] = page, ["Model"] = model }, status);

    private static RazorComponentResult<TPage> Render<TPage>(Dictionary<string, object?> parameters, int status)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
}
