using Microsoft.AspNetCore.Authorization;

namespace Nabij.Server.Tests.Web;

[Trait("Kind", "Architecture")]
public sealed class EndpointPolicyTests
{
    /// <summary>What anybody may open. A new line here is a decision, not a side effect.</summary>
    private static readonly string[] Open =
    [
        "GET /", "GET /api/v1/openapi.json", "GET /download/{platform}", "GET /health/live", "GET /health/ready", "GET /healthz", "GET /invitation", "GET /o/{slug}", "GET /o/{slug}/accept", "GET /o/{slug}/brand.css", "GET /o/{slug}/logo", "GET /o/{slug}/callback", "POST /o/{slug}/callback", "GET /o/{slug}/i/{reference}", "GET /o/{slug}/download",
        "GET /o/{slug}/download/{platform}", "GET /o/{slug}/licence/{version}/{language}", "GET /o/{slug}/organization.json", "GET /organization.json", "GET /o/{slug}/terms",
        "GET /o/{slug}/terms/{version}/{language}", "GET /o/{slug}/privacy", "GET /o/{slug}/safety", "GET /o/{slug}/tour", "GET /readyz", "GET /sign-in", "GET /sign-in/second-factor", "POST /invitation", "POST /invitation/password", "POST /o/{slug}/accept", "POST /sign-in",
        "POST /sign-in/second-factor", "GET /ws/host", "GET /ws/viewer",
        "GET /o/{slug}/watch", "GET /sign-in/new-passkey", "GET /sign-in/provider", "GET /sign-in/provider/out", "GET /sign-in/provider/return", "GET /sign-in/recovery", "POST /invitation/passkey", "POST /invitation/passkey/options", "POST /o/{slug}/watch/tickets", "POST /sign-in/new-passkey", "POST /sign-in/new-passkey/options", "POST /sign-in/passkey", "POST /sign-in/passkey/options", "POST /sign-in/recovery", "POST /sign-in/second-factor/passkey", "POST /sign-in/second-factor/passkey/options",
    ];

    [Fact]
    [Trait("Invariant", "10")]
    public async Task Every_endpoint_carries_a_policy_or_is_explicitly_open()
    {
        await using var server = await RunningServer.StartAsync();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null,
            $"{Name(endpoint)} carries no policy"));
    }

    [Fact]
    [Trait("Invariant", "10")]
    public async Task Only_the_listed_addresses_are_open_to_anybody()
    {
        await using var server = await RunningServer.StartAsync();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        var open = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Name).Order(StringComparer.Ordinal);

        Assert.Equal(Open.Order(StringComparer.Ordinal), open);
    }

    internal static string Name(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Where(method => method != "HEAD") ?? ["GET"];
        var pattern = endpoint.RoutePattern.RawText?.Trim('/') ?? "";
        return $"{string.Join(",", methods)} /{pattern}";
    }
}
