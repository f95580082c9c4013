using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Webhooks;

/// <summary>The pages where owners and administrators manage webhooks. One of another organization does not exist here (404).</summary>
internal static class WebhookEndpoints
{
    private static readonly string[] KnownDone = ["saved", "on", "off", "test", "resent"];

    internal static async Task<IResult> ShowNewAsync(HttpContext context, OwnEntry own)
    {
        var page = await own.PageAsync(context);
        return page.Show<NewWebhookPage>(new NewWebhookView { Form = new WebhookForm { Events = WebhookEvents.All } });
    }

    internal static async Task<IResult> MakeAsync(HttpContext context, OwnEntry own, WebhookActs acts)
    {
        var page = await own.PageAsync(context);
        var who = SignedIn.Of(context);
        var form = WebhookForm.Of(await context.ReadFieldsAsync());
        var (hook, secret, problem) = await acts.MakeAsync((who.AccountId.ToString(), who.AccountId), form, context.RequestAborted);
        return hook is null
            ? page.Show<NewWebhookPage>(new NewWebhookView { Form = form, Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity)
            : page.Show<WebhookSecretPage>(new WebhookSecretView { Id = hook.Id, Name = hook.Name, Secret = secret });
    }

    internal static Task<IResult> ShowAsync(Guid id, HttpContext context) => ActAsync(id, context, _ => Task.FromResult<IResult?>(null));

    internal static Task<IResult> ChangeAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        var form = WebhookForm.Of(await context.ReadFieldsAsync());
        return await asked.Acts.ChangeAsync(asked.Actor, asked.Hook, form, context.RequestAborted) is { } problem
            ? await RenderAsync(context, asked, (form, problem))
            : Done(asked, "saved");
    });

    internal static Task<IResult> SwitchOnAsync(Guid id, HttpContext context) => SwitchAsync(id, context, on: true);

    internal static Task<IResult> SwitchOffAsync(Guid id, HttpContext context) => SwitchAsync(id, context, on: false);

    internal static Task<IResult> RenewAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
        asked.Page.Show<WebhookSecretPage>(new WebhookSecretView
        {
            Id = asked.Hook.Id,
            Name = asked.Hook.Name,
            Secret = await asked.Acts.RenewAsync(asked.Actor, asked.Hook, context.RequestAborted),
        }));

    internal static Task<IResult> TestAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        await asked.Acts.TestAsync(asked.Actor, asked.Hook, context.RequestAborted);
        return Done(asked, "test");
    });

    internal static Task<IResult> ResendAsync(Guid id, Guid delivery, HttpContext context) => ActAsync(id, context, async asked =>
        await asked.Acts.ResendAsync(asked.Actor, asked.Hook, delivery, context.RequestAborted) ? Done(asked, "resent") : Results.StatusCode(StatusCodes.Status404NotFound));

    internal static Task<IResult> RemoveAsync(Guid id, HttpContext context) => ActAsync(id, context, async asked =>
    {
        await asked.Acts.RemoveAsync(asked.Actor, asked.Hook, context.RequestAborted);
        return Found.At($"{Api.IntegrationFeature.Path}?done=removed&lang={asked.Page.Language}");
    });

    private static Task<IResult> SwitchAsync(Guid id, HttpContext context, bool on) => ActAsync(id, context, async asked =>
    {
        await asked.Acts.SwitchAsync(asked.Actor, asked.Hook, on, context.RequestAborted);
        return Done(asked, on ? "on" : "off");
    });

    /// <summary>Finds the webhook; without an act of its own shows the page.</summary>
    private static async Task<IResult> ActAsync(Guid id, HttpContext context, Func<Asked, Task<IResult?>> act)
    {
        var page = await context.RequestServices.GetRequiredService<OwnEntry>().PageAsync(context);
        var acts = context.RequestServices.GetRequiredService<WebhookActs>();
        if (await acts.FindAsync(id, context.RequestAborted) is not { } hook)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var asked = new Asked(SignedIn.Of(context).AccountId.ToString(), page, hook, acts);
        return await act(asked) ?? await RenderAsync(context, asked, refused: null);
    }

    private static async Task<IResult> RenderAsync(HttpContext context, Asked asked, (WebhookForm Form, Problem Problem)? refused)
    {
        var (_, organization) = await context.RequestServices.GetRequiredService<OwnEntry>().EnterAsync(context);
        var done = context.Request.Query["done"].ToString();
        var view = new WebhookView
        {
            Line = WebhookReader.Line(asked.Hook, Organizations.OrganizationTime.Of(organization)),
            Form = refused?.Form ?? new WebhookForm { Name = asked.Hook.Name, Address = asked.Hook.Address, Events = asked.Hook.EventList },
            Log = await context.RequestServices.GetRequiredService<WebhookReader>().LogAsync(organization, asked.Hook, context.RequestAborted),
            Done = KnownDone.Contains(done) ? asked.Page.Texts[$"webhook.done.{done}"] : null,
            Problems = FormProblems.Of(asked.Page.Texts, refused?.Problem),
        };
        return asked.Page.Show<WebhookPage>(view, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Done(Asked asked, string what) => Found.At($"{WebhooksFeature.Path}/{asked.Hook.Id}?done={what}&lang={asked.Page.Language}");

    private sealed record Asked(string Actor, PageContext Page, Webhook Hook, WebhookActs Acts);
}

/// <summary>What the page of a new webhook shows.</summary>
public sealed record NewWebhookView
{
    public required WebhookForm Form { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>A secret, the one time that it is shown.</summary>
public sealed record WebhookSecretView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Secret { get; init; }
}

/// <summary>What the page of one webhook shows.</summary>
public sealed record WebhookView
{
    public required WebhookLine Line { get; init; }

    public required WebhookForm Form { get; init; }

    public required IReadOnlyList<DeliveryLine> Log { get; init; }

    public string? Done { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
