using System.Security.Claims;

namespace Nabij.Server.Accounts;

/// <summary>Who is signed in, read from the request's principal.</summary>
/// <param name="OrganizationId">The organization this person works for.</param>
/// <param name="AccountId">128 random bits; also the technician id of certificates.</param>
/// <param name="DisplayName">As certificates carry it.</param>
/// <param name="SignInId">Names this sign-in in <see cref="LiveSignIns"/>; worthless as a cookie.</param>
internal sealed record SignedIn(Guid OrganizationId, Guid AccountId, string DisplayName, string SignInId)
{
    private const string OrganizationClaim = "nabij:organization", SignInClaim = "nabij:sign-in";

    /// <summary>Null when nobody is signed in.</summary>
    internal static SignedIn? From(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } &&
        Guid.TryParse(principal.FindFirstValue(OrganizationClaim), out var organization) &&
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account)
            ? new SignedIn(organization, account, principal.FindFirstValue(ClaimTypes.Name) ?? "", principal.FindFirstValue(SignInClaim) ?? "")
            : null;

    internal ClaimsPrincipal ToPrincipal(string scheme, IEnumerable<string> roles)
    {
        Claim[] claims =
        [
            new(OrganizationClaim, OrganizationId.ToString("D")),
            new(ClaimTypes.NameIdentifier, AccountId.ToString("D")),
            new(ClaimTypes.Name, DisplayName),
            new(SignInClaim, SignInId),
            .. roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, ClaimTypes.Name, ClaimTypes.Role));
    }
}
