using System.Security.Claims;

namespace Nabij.Server.Api;

/// <summary>Which token a request came with, read from its principal. No person is signed in by it.</summary>
internal sealed record TokenCaller(Guid OrganizationId, Guid TokenId, string Name, IReadOnlyList<string> Scopes)
{
    internal const string ScopeClaim = "nabij:scope";

    private const string OrganizationClaim = "nabij:token-organization", TokenClaim = "nabij:token";

    /// <summary>As the audit chain names it.</summary>
    internal string Actor => Audit.Actor.TokenWord(TokenId);

    /// <summary>The same, with the name that people see.</summary>
    internal Audit.Actor ToActor() => new(OrganizationId, Actor, Name);

    /// <exception cref="InvalidOperationException">No token: a mistake in a policy.</exception>
    internal static TokenCaller Of(HttpContext context) =>
        Guid.TryParse(context.User.FindFirstValue(OrganizationClaim), out var organization) && Guid.TryParse(context.User.FindFirstValue(TokenClaim), out var token)
            ? new TokenCaller(organization, token, context.User.FindFirstValue(ClaimTypes.Name) ?? "", [.. context.User.FindAll(ScopeClaim).Select(claim => claim.Value)])
            : throw new InvalidOperationException("The policy let somebody in who has no token.");

    internal ClaimsPrincipal ToPrincipal()
    {
        Claim[] claims =
        [
            new(OrganizationClaim, OrganizationId.ToString("D")),
            new(TokenClaim, TokenId.ToString("D")),
            new(ClaimTypes.Name, Name),
            .. Scopes.Select(scope => new Claim(ScopeClaim, scope)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, TokenHandler.SchemeName));
    }
}
