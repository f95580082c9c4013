// The page that customers come to: who the shop is, what remote help means, the terms, and the form that opens the
// download. Works without scripts; a missing answer is shown beside its question and loses no other answer.

using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.HelpPage;

internal static class HelpPageFeature
{
    internal static void AddHelpPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<Retention>().BindConfiguration(Retention.Section)
            .Validate(Retention.IsValid, "The section Retention holds a time outside its limits.").ValidateOnStart();
        builder.Services.AddHostedService<RetentionSweep>();
        builder.Services.AddScoped<AcceptanceRecords>();
        builder.Services.AddScoped<HelpPageViews>();
        builder.Services.AddScoped<HelpTexts>();
        builder.Services.AddScoped<HelpParts>();
        builder.Services.AddScoped<Availabilities>();
    }

    internal static void MapHelpPage(this WebApplication app)
    {
        app.MapMethods("/", PageRoutes.Verbs, async (HttpContext context, OrganizationEntry entry, HelpPageViews views) =>
            await ShowAsync(context, await entry.FindDefaultAsync(context.RequestAborted), views)).AllowAnonymous();
        app.MapMethods("/o/{slug}", PageRoutes.Verbs, async (string slug, HttpContext context, OrganizationEntry entry, HelpPageViews views) =>
            await ShowAsync(context, await entry.FindAsync(slug, context.RequestAborted), views)).AllowAnonymous();
        app.MapPost("/o/{slug}/accept", AcceptAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Acceptance);
        // Who loads the answer of a sent form again gets the empty page.
        app.MapMethods("/o/{slug}/accept", PageRoutes.Verbs, (string slug, HttpContext context) => Found.At(Found.HelpPage(slug, context.Request.Query["lang"]))).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Organization? organization, HelpPageViews views) =>
        organization is null ? TypedResults.NotFound() : await views.ShowAsync(context, organization, new AcceptanceForm());

    private static async Task<IResult> AcceptAsync(
        string slug, HttpContext context, OrganizationEntry entry, HelpPageViews views, AcceptanceRecords records, CustomerInvitations invitations)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { } organization)
            return TypedResults.NotFound();

        var fields = await context.ReadFieldsAsync();
        var texts = await views.TextsAsync(fields["language"].ToString(), context.RequestAborted);
        var form = new AcceptanceForm
        {
            Terms = fields["terms"] == "yes",
            Licence = fields["licence"] == "yes",
            Backup = fields["backup"].ToString(),
            IsSent = true,
            IsOutdated = fields["version"] != texts.Terms.Version || fields["language"] != texts.Terms.Language,
        };
        var invitation = fields["invitation"].ToString();
        if (!form.IsComplete)
            return await views.ShowAsync(context, organization, form, StatusCodes.Status422UnprocessableEntity, await invitations.WordsAsync(organization, invitation, context.RequestAborted));

        await records.AcceptAsync(context, texts, form);
        await invitations.AcceptedAsync(organization.Id, invitation, context.RequestAborted);
        return Found.At($"/o/{slug}/download?lang={Uri.EscapeDataString(context.Request.Query["lang"].ToString())}");
    }
}
