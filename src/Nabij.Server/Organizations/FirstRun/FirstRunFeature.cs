// The set-up page of a server without an organization. It is mapped by a small server of its own, which ends when the
// organization exists; the real server never maps it (security.md, R1).

using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Organizations.FirstRun;

internal static class FirstRunFeature
{
    internal const string Path = "/set-up";

    internal static void AddFirstRun(this IServiceCollection services)
    {
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<FirstRunEnd>();
    }

    internal static void MapFirstRun(this WebApplication app)
    {
        var group = app.MapGroup(Path).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts);
        group.MapMethods("", PageRoutes.Verbs, (HttpContext context, PageContexts pages) => pages.Create(context, organization: null).Show<SetUpPage>(new SetUpForm()));
        group.MapPost("", SubmitAsync);
        app.MapMethods("/", PageRoutes.Verbs, (HttpContext context, PageContexts pages) =>
            pages.Create(context, organization: null, withForms: false).Show<NotSetUpPage>(Path, StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, PageContexts pages, SetUpCode code, FirstRunEnd end, OrganizationDirectory organizations)
    {
        if (await organizations.FindDefaultAsync(context.RequestAborted) is not null)
            return TypedResults.NotFound();

        var page = pages.Create(context, organization: null);
        var fields = await context.ReadFieldsAsync();
        var form = Read(fields);
        if (!code.Matches(fields["set-up-code"].ToString()))
            return page.Show<SetUpPage>(form with { Problems = FormProblems.Of(page.Texts, new Problem("set-up.problem.code").At("set-up-code")) }, StatusCodes.Status403Forbidden);

        using var turn = await end.EnterAsync(context.RequestAborted);
        var setup = context.RequestServices.GetRequiredService<OrganizationSetup>();
        var request = Request(form, fields["owner-password"].ToString(), page.Language, context.RequestServices.GetRequiredService<PublicOrigin>().Value);
        var (organization, problems) = end.IsOver ? (null, [new Problem("set-up.problem.done")]) : await setup.CreateAsync(request, context.RequestAborted);
        if (organization is null)
            return page.Show<SetUpPage>(form with { Problems = FormProblems.Of(page.Texts, problems) }, StatusCodes.Status422UnprocessableEntity);

        end.Finish(context.Response);
        // This small server has no pages of an organization, its brand among them.
        return pages.Create(context, organization: null, withForms: false).Show<SetUpDonePage>(organization.Slug);
    }

    private static SetUpForm Read(IFormCollection fields) => new()
    {
        Name = fields["name"].ToString().Trim(),
        Slug = fields["slug"].ToString().Trim(),
        Phone = fields["phone"].ToString().Trim(),
        AbuseContact = fields["abuse-contact"].ToString().Trim(),
        LegalName = fields["legal-name"].ToString().Trim(),
        TradeNumber = fields["trade-number"].ToString().Trim(),
        OwnerName = fields["owner-name"].ToString().Trim(),
        OwnerEmail = fields["owner-email"].ToString().Trim(),
        DemandsSecondFactor = fields["second-factor"] == "yes",
    };

    private static OrganizationSetup.Request Request(SetUpForm form, string password, string language, Origin origin) => new()
    {
        Name = form.Name,
        Slug = form.Slug,
        Phone = form.Phone,
        AbuseContact = form.AbuseContact,
        LegalName = form.LegalName,
        TradeNumber = form.TradeNumber,
        OwnerName = form.OwnerName,
        OwnerEmail = form.OwnerEmail,
        OwnerPassword = password,
        DemandsSecondFactor = form.DemandsSecondFactor,
        Language = language,
        Origin = origin.Text,
    };
}
