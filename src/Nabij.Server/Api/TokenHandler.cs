using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Nabij.Server.Api;

/// <summary>
/// The authentication scheme of <c>/api</c>: a token in the header Authorization, which no browser sends by itself, and nothing
/// else. A cookie does not count there, so that no page of another site can call it with somebody's sign-in.
/// </summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal const string SchemeName = "api-token";

    private const string Bearer = "Bearer ";

    private ApiProblem _refusal = ApiProblem.TokenMissing;

    /// <summary>The token as the request carries it; null when it carries none.</summary>
    internal static string? Read(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Read(Request) is not { } text)
            return AuthenticateResult.NoResult();
        var (caller, refusal) = await check.FindAsync(text, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (caller is not null)
            return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(), SchemeName));
        _refusal = refusal ?? ApiProblem.TokenUnknown;
        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"nabij\"";
        return ApiReply.Of(_refusal).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiReply.Of(ApiProblem.ScopeMissing).ExecuteAsync(Context);
}
