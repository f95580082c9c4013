using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Web;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Api;

/// <summary>The pages about other programs: who may call the API, and whom the server calls.</summary>
internal static class IntegrationFeature
{
    internal const string Path = "/integration";

    private static readonly string[] KnownDone = ["revoked", "removed"];

    internal static void MapIntegration(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        var risky = group.MapGroup("").RequireAuthorization(Policies.Confirmed);
        risky.MapMethods("/tokens/new", PageRoutes.Verbs, TokenEndpoints.ShowNewAsync);
        risky.MapPost("/tokens", TokenEndpoints.MakeAsync).WithMetadata(new ConfirmReturn($"{Path}/tokens/new"));
        risky.MapPost("/tokens/{id:guid}/revoke", TokenEndpoints.RevokeAsync).WithMetadata(new ConfirmReturn(Path));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, TokenReader tokens, WebhookReader webhooks)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        var done = context.Request.Query["done"].ToString();
        return page.Show<IntegrationPage>(new IntegrationView
        {
            Tokens = await tokens.ListAsync(organization, context.RequestAborted),
            Webhooks = await webhooks.ListAsync(organization, context.RequestAborted),
            Done = KnownDone.Contains(done) ? page.Texts[$"integration.done.{done}"] : null,
        });
    }
}

/// <summary>What the page shows.</summary>
public sealed record IntegrationView
{
    public required IReadOnlyList<TokenLine> Tokens { get; init; }

    public required IReadOnlyList<WebhookLine> Webhooks { get; init; }

    public string? Done { get; init; }
}
