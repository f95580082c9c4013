using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Nabij.Server.Web;

namespace Nabij.Server.Api;

/// <summary><c>/api/v1</c>, for other programs of the organization (docs/api). Opened by tokens with scopes, never by a sign-in.</summary>
internal static class ApiFeature
{
    internal const string Path = "/api/v1", DocumentPath = $"{Path}/openapi.json";

    private static readonly string[] Page = [ApiQuery.Limit, ApiQuery.CursorName], Period = [ApiQuery.From, ApiQuery.Until];

    internal static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<ApiEntry>();
        services.AddScoped<OnceOnly>();
        services.AddScoped<SessionAnswers>();
        services.AddScoped<RecordReader>();
        services.AddScoped<TokenActs>();
        services.AddScoped<TokenReader>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, configureOptions: null);
        // The framework writes a line for each refused call at Information.
        builder.Logging.AddFilter(typeof(TokenHandler).FullName, LogLevel.Warning);
    }

    internal static void MapApi(this WebApplication app)
    {
        app.MapMethods(DocumentPath, PageRoutes.Verbs, ApiDocument.Show).AllowAnonymous().RequireRateLimiting(RateLimits.Api);
        var api = app.MapGroup(Path).WithMetadata(TokenOnly.Mark).RequireRateLimiting(RateLimits.Api).AddEndpointFilter(ApiEntry.FilterAsync);
        api.MapMethods("/token", PageRoutes.Verbs, ReadEndpoints.TokenAsync).For(scope: null);
        api.MapMethods("/organization", PageRoutes.Verbs, ReadEndpoints.OrganizationAsync).For(Scopes.OrganizationRead);
        api.MapMethods("/people", PageRoutes.Verbs, ReadEndpoints.PeopleAsync).For(Scopes.PeopleRead);
        api.MapMethods("/waiting", PageRoutes.Verbs, ReadEndpoints.WaitingAsync).For(Scopes.WaitingRead);
        api.MapMethods("/sessions", PageRoutes.Verbs, ReadEndpoints.SessionsAsync).For(Scopes.SessionsRead, [.. Period, ReadEndpoints.Technician, ReadEndpoints.State, .. Page]);
        api.MapMethods("/sessions/{id}", PageRoutes.Verbs, ReadEndpoints.SessionAsync).For(Scopes.SessionsRead);
        api.MapMethods("/records", PageRoutes.Verbs, ReadEndpoints.RecordsAsync).For(Scopes.RecordsRead, [.. Period, .. Page]);
        api.MapMethods("/records/{id}", PageRoutes.Verbs, ReadEndpoints.RecordAsync).For(Scopes.RecordsRead);
        api.MapMethods("/statistics", PageRoutes.Verbs, ReadEndpoints.StatisticsAsync).For(Scopes.StatisticsRead, Period);
        api.MapMethods("/links", PageRoutes.Verbs, LinkCalls.ListAsync).For(Scopes.LinksCreate, [LinkCalls.Ticket, .. Page]);
        api.MapPost("/links", (Delegate)LinkCalls.MakeAsync).For(Scopes.LinksCreate);
        api.MapMethods("/links/{id:guid}", PageRoutes.Verbs, LinkCalls.ShowAsync).For(Scopes.LinksCreate);
        api.MapDelete("/links/{id:guid}", (Delegate)LinkCalls.RevokeAsync).For(Scopes.LinksCreate);
        api.MapMethods("/callbacks", PageRoutes.Verbs, CallbackCalls.ListAsync).For(Scopes.CallbacksRead, [ReadEndpoints.State, .. Page]);
        api.MapMethods("/callbacks/{id:guid}", PageRoutes.Verbs, CallbackCalls.ShowAsync).For(Scopes.CallbacksRead);
        api.MapPost("/callbacks/{id:guid}", (Delegate)CallbackCalls.ChangeAsync).For(Scopes.CallbacksWrite);
        api.MapMethods("/webhooks", PageRoutes.Verbs, WebhookCalls.ListAsync).For(Scopes.WebhooksManage);
        api.MapPost("/webhooks", (Delegate)WebhookCalls.MakeAsync).For(Scopes.WebhooksManage);
        api.MapDelete("/webhooks/{id:guid}", (Delegate)WebhookCalls.RemoveAsync).For(Scopes.WebhooksManage);
        api.MapPost("/webhooks/{id:guid}/test", (Delegate)WebhookCalls.TestAsync).For(Scopes.WebhooksManage);
    }

    /// <summary>Says what a call needs: a token, with this scope.</summary>
    internal static void For(this RouteHandlerBuilder call, string? scope, params string[] parameters)
    {
        var policy = new AuthorizationPolicyBuilder(TokenHandler.SchemeName).RequireAuthenticatedUser();
        if (scope is not null)
            policy.RequireClaim(TokenCaller.ScopeClaim, scope);
        call.RequireAuthorization(policy.Build()).WithMetadata(new ApiOperation(scope, parameters));
    }
}
