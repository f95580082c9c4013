using System.Globalization;
using System.Security.Claims;

namespace Nabij.Server.Accounts;

/// <summary>Who is signed in, read from the request's principal.</summary>
/// <param name="OrganizationId">The organization this person works for.</param>
/// <param name="AccountId">128 random bits; also the technician id of certificates.</param>
/// <param name="DisplayName">As certificates carry it.</param>
/// <param name="SignInId">Names this sign-in in <see cref="LiveSignIns"/>; worthless as a cookie.</param>
internal sealed record SignedIn(Guid OrganizationId, Guid AccountId, string DisplayName, string SignInId)
{
    private const string OrganizationClaim = "nabij:organization", SignInClaim = "nabij:sign-in", ConfirmedClaim = "nabij:confirmed", WayClaim = "nabij:way";

    /// <summary>When the person last proved to be there by a second factor or a passkey.</summary>
    internal DateTimeOffset ConfirmedAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Of <see cref="SignInWay"/>.</summary>
    internal string Way { get; init; } = "";

    internal bool IsConfirmed(SignInTimes times, TimeProvider clock) => clock.GetUtcNow() < ConfirmedAt + times.Confirmation;

    /// <exception cref="InvalidOperationException">Nobody is signed in: a mistake in a policy.</exception>
    internal static SignedIn Of(HttpContext context) =>
        From(context.User) ?? throw new InvalidOperationException("The policy let somebody in who is not signed in.");

    /// <summary>Null when nobody is signed in.</summary>
    internal static SignedIn? From(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } &&
        Guid.TryParse(principal.FindFirstValue(OrganizationClaim), out var organization) &&
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account)
            ? new SignedIn(organization, account, principal.FindFirstValue(ClaimTypes.Name) ?? "", principal.FindFirstValue(SignInClaim) ?? "")
            {
                ConfirmedAt = DateTimeOffset.FromUnixTimeMilliseconds(
                    long.TryParse(principal.FindFirstValue(ConfirmedClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var confirmed) ? confirmed : 0),
                Way = principal.FindFirstValue(WayClaim) ?? "",
            }
            : null;

    internal ClaimsPrincipal ToPrincipal(string scheme, IEnumerable<string> roles)
    {
        Claim[] claims =
        [
            new(OrganizationClaim, OrganizationId.ToString("D")),
            new(ClaimTypes.NameIdentifier, AccountId.ToString("D")),
            new(ClaimTypes.Name, DisplayName),
            new(SignInClaim, SignInId),
            new(ConfirmedClaim, ConfirmedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new(WayClaim, Way),
            .. roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, ClaimTypes.Name, ClaimTypes.Role));
    }
}
