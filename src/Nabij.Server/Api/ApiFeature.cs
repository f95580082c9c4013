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
        services.AddScoped<SessionReader>();
        services.AddScoped<RecordReader>();
        services.AddScoped<StatisticsReader>();
        services.AddScoped<TokenActs>();
        services.AddScoped<TokenReader>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, configureOptions: null);
        // The framework writes a line for each refused call at Information.
        builder.Logging.AddFilter(typeof(TokenHandler).FullName, LogLevel.Warning);
    }

    internal static void MapApi(this WebApplication app)
    {
        app.MapPage(DocumentPath, ApiDocument.Show).AllowAnonymous().RequireRateLimiting(RateLimits.Api);
        var api = app.MapGroup(Path).WithMetadata(TokenOnly.Mark).RequireRateLimiting(RateLimits.Api).AddEndpointFilter(ApiEntry.FilterAsync);
        api.MapPage("/token", ReadEndpoints.TokenAsync).For(scope: null);
        api.MapPage("/organization", ReadEndpoints.OrganizationAsync).For(Scopes.OrganizationRead);
        api.MapPage("/people", ReadEndpoints.PeopleAsync).For(Scopes.PeopleRead);
        api.MapPage("/waiting", ReadEndpoints.WaitingAsync).For(Scopes.WaitingRead);
        api.MapPage("/sessions", ReadEndpoints.SessionsAsync).For(Scopes.SessionsRead, [.. Period, ReadEndpoints.Technician, ReadEndpoints.State, .. Page]);
        api.MapPage("/sessions/{id}", ReadEndpoints.SessionAsync).For(Scopes.SessionsRead);
        api.MapPage("/records", ReadEndpoints.RecordsAsync).For(Scopes.RecordsRead, [.. Period, .. Page]);
        api.MapPage("/records/{id}", ReadEndpoints.RecordAsync).For(Scopes.RecordsRead);
        api.MapPage("/statistics", ReadEndpoints.StatisticsAsync).For(Scopes.StatisticsRead, Period);
        api.MapPage("/links", LinkCalls.ListAsync).For(Scopes.LinksCreate, [LinkCalls.Ticket, .. Page]);
        api.MapPost("/links", (Delegate)LinkCalls.MakeAsync).For(Scopes.LinksCreate);
        api.MapPage("/links/{id:guid}", LinkCalls.ShowAsync).For(Scopes.LinksCreate);
        api.MapDelete("/links/{id:guid}", (Delegate)LinkCalls.RevokeAsync).For(Scopes.LinksCreate);
        api.MapPage("/callbacks", CallbackCalls.ListAsync).For(Scopes.CallbacksRead, [ReadEndpoints.State, .. Page]);
        api.MapPage("/callbacks/{id:guid}", CallbackCalls.ShowAsync).For(Scopes.CallbacksRead);
        api.MapPost("/callbacks/{id:guid}", (Delegate)CallbackCalls.ChangeAsync).For(Scopes.CallbacksWrite);
        api.MapPage("/webhooks", WebhookCalls.ListAsync).For(Scopes.WebhooksManage);
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
