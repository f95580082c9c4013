// Customers ask to be called back when nobody is free: a form without scripts, a page with what happens next, and the list
// for technicians, as a page and for the desk.

using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk;
using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Callbacks;

internal static class CallbacksFeature
{
    internal const string Path = "/callbacks";

    internal static void AddCallbacks(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CallbackJson.Default));
        builder.Services.AddSingleton<CallbackBoard>();
        builder.Services.AddSingleton<CallbackRequests>();
    }

    internal static void MapCallbacks(this WebApplication app)
    {
        app.MapMethods("/o/{slug}/callback", PageRoutes.Verbs, ShowFormAsync).AllowAnonymous();
        app.MapPost("/o/{slug}/callback", AskAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Callbacks);
        var staff = app.MapGroup(Path).RequireAuthorization(Policies.Technician);
        staff.MapMethods("", PageRoutes.Verbs, ShowListAsync);
        staff.MapPost("/{id:guid}", MarkAsync);
        var desk = app.MapGroup("/desk/callbacks").RequireAuthorization(Policies.Technician);
        desk.MapGet("", async (HttpContext context, CallbackRequests requests, TimeProvider clock) => TypedResults.Ok(await ListAsync(Actor.Of(SignedIn.Of(context)), requests, clock, context.RequestAborted)))
            .WithMetadata(Unattended.Mark);
        desk.MapPost("/{id:guid}", MarkForDeskAsync);
    }

    internal static async Task<CallbackList> ListAsync(Actor who, CallbackRequests requests, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return new CallbackList([.. (await requests.WaitingAsync(who.OrganizationId, cancellation)).Select(request => CallbackLine.Of(request, who.Word, now))]);
    }

    private static async Task<IResult> ShowFormAsync(string slug, HttpContext context, OrganizationEntry entry, PageContexts pages, Availabilities availabilities)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { TakesCallbacks: true } organization)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        return await ShowAsync((context, organization), pages.Create(context, organization), new CallbackForm(), availabilities);
    }

    private static async Task<IResult> AskAsync(
        string slug, HttpContext context, OrganizationEntry entry, PageContexts pages, Availabilities availabilities, CallbackRequests requests)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { TakesCallbacks: true } organization)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var page = pages.Create(context, organization);
        var fields = await context.ReadFieldsAsync();
        var form = CallbackForm.Read(fields);
        var problems = form.Check().ToList();
        if (problems.Count > 0)
            return await ShowAsync((context, organization), page, form with { Problems = FormProblems.Of(page.Texts, problems) }, availabilities, StatusCodes.Status422UnprocessableEntity);

        var read = (page.Language, Consent: Consent(organization, page.Texts, context));
        var isJunk = fields[CallbackForm.Trap].ToString().Length > 0;
        var asked = isJunk ? null : await requests.AskAsync(organization.Id, form, read, context.RequestAborted);
        if (asked is null && !isJunk)
            return await ShowAsync((context, organization), page, form with { Problems = FormProblems.Of(page.Texts, new Problem("problem.callback-full")) }, availabilities, StatusCodes.Status503ServiceUnavailable);
        var standing = await availabilities.NowAsync(organization, page.Texts, context.RequestAborted);
        // Junk is answered as everything else is: who sends it learns nothing.
        return page.Show<CallbackDonePage>(new CallbackDoneView { Phone = form.Phone, Email = form.Email, CheckNumber = asked?.CheckNumber ?? "0000", Opening = standing.Opening });
    }

    internal static string Consent(Organization organization, Texts texts, HttpContext context) => texts.Format(
        "callback.consent", organization.Name, RetentionTimes.Of(organization, context.RequestServices.GetRequiredService<IOptions<Retention>>().Value).CallbackDays);

    private static async Task<IResult> ShowAsync(
        (HttpContext Context, Organization Organization) asked, PageContext page, CallbackForm form, Availabilities availabilities, int status = StatusCodes.Status200OK) =>
        page.Show<CallbackPage>(
            new CallbackView
            {
                Form = form,
                Consent = Consent(asked.Organization, page.Texts, asked.Context),
                Opening = (await availabilities.NowAsync(asked.Organization, page.Texts, asked.Context.RequestAborted)).Opening,
            },
            status);

    private static Task<IResult> ShowListAsync(HttpContext context, OwnEntry own, CallbackRequests requests, TimeProvider clock) =>
        RenderAsync(context, own, (requests, clock), holder: null);

    // The holder is who has what the technician wanted to change; null when this is nothing but the list.
    private static async Task<IResult> RenderAsync(HttpContext context, OwnEntry own, (CallbackRequests Requests, TimeProvider Clock) of, string? holder)
    {
        var (requests, clock) = of;
        var page = (await own.PageAsync(context)) with { Path = Path };
        var (who, organization) = await own.EnterAsync(context);
        var (time, now) = (OrganizationTime.Of(organization), clock.GetUtcNow());
        var actor = Actor.Of(who).Word;
        var view = new CallbacksView
        {
            Holder = holder,
            Waiting = [.. (await requests.WaitingAsync(who.OrganizationId, context.RequestAborted)).Select(Line)],
            Done = [.. (await requests.DoneAsync(who.OrganizationId, context.RequestAborted)).Select(Line)],
        };
        return page.Show<CallbacksPage>(view, holder is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);

        CallbacksView.Line Line(CallbackRequest one) => new(CallbackLine.Of(one, actor, now), time.Words(one.AskedAt), one.HandledAt is { } at ? time.Words(at) : "");
    }

    private static async Task<IResult> MarkAsync(Guid id, HttpContext context, OwnEntry own, CallbackRequests requests, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        if (!CallbackState.IsKnown(fields["state"]))
            return Results.StatusCode(await requests.HasAsync(SignedIn.Of(context).OrganizationId, id, context.RequestAborted) ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound);
        var marked = await requests.MarkAsync(Actor.Of(SignedIn.Of(context)), id, fields["state"].ToString(), fields["over"] == "yes", context.RequestAborted);
        return marked switch
        {
            { Found: false } => Results.StatusCode(StatusCodes.Status404NotFound),
            { Holder: { } holder } => await RenderAsync(context, own, (requests, clock), holder),
            _ => Found.At($"{Path}?lang={page.Language}"),
        };
    }

    private static async Task<IResult> MarkForDeskAsync(Guid id, CallbackMark mark, HttpContext context, CallbackRequests requests)
    {
        if (!CallbackState.IsKnown(mark.State))
            return DeskProblem.Invalid("state is open, taken or done.");
        return await requests.MarkAsync(Actor.Of(SignedIn.Of(context)), id, mark.State ?? "", mark.Over, context.RequestAborted) switch
        {
            { Found: false } => DeskProblem.NotFound(),
            { Holder: { } holder } => DeskProblem.Taken(holder),
            _ => TypedResults.NoContent(),
        };
    }
}
