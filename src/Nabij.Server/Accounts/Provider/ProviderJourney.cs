using Microsoft.AspNetCore.Authentication;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// What a person is sent to the provider for. It travels in the protected state, because the sign-in cookie does not come back
/// with the browser: it is for requests of this site only (SameSite=Strict).
/// </summary>
/// <param name="OrganizationId">Whose provider.</param>
/// <param name="Purpose">Of <see cref="ProviderPurpose"/>.</param>
/// <param name="ReturnPath">Where to go afterwards: a path of this site.</param>
/// <param name="Language">Of the pages in between.</param>
/// <param name="Nonce">What the id token must carry.</param>
internal sealed record ProviderJourney(Guid OrganizationId, string Purpose, string ReturnPath, string Language, string Nonce)
{
    private const string Prefix = "nabij.";

    /// <summary>The sign-in that asks; empty at the sign-in page.</summary>
    internal string SignIn { get; init; } = "";

    /// <summary>Whose sign-in that is.</summary>
    internal Guid AccountId { get; init; }

    internal DateTimeOffset BeganAt { get; init; }

    internal AuthenticationProperties ToProperties() => new(new Dictionary<string, string?>
    {
        [Prefix + nameof(OrganizationId)] = OrganizationId.ToString(),
        [Prefix + nameof(Purpose)] = Purpose,
        [Prefix + nameof(ReturnPath)] = ReturnPath,
        [Prefix + nameof(Language)] = Language,
        [Prefix + nameof(Nonce)] = Nonce,
        [Prefix + nameof(SignIn)] = SignIn,
        [Prefix + nameof(AccountId)] = AccountId.ToString(),
        [Prefix + nameof(BeganAt)] = BeganAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    /// <summary>Null for properties that are no journey.</summary>
    internal static ProviderJourney? From(AuthenticationProperties? properties)
    {
        string Item(string name) => properties is not null && properties.Items.TryGetValue(Prefix + name, out var value) ? value ?? "" : "";
        return Guid.TryParse(Item(nameof(OrganizationId)), out var organization) && Guid.TryParse(Item(nameof(AccountId)), out var account) &&
            long.TryParse(Item(nameof(BeganAt)), out var began)
            ? new ProviderJourney(organization, Item(nameof(Purpose)), LocalPath.OrDesk(Item(nameof(ReturnPath))), Item(nameof(Language)), Item(nameof(Nonce)))
            {
                SignIn = Item(nameof(SignIn)), AccountId = account, BeganAt = DateTimeOffset.FromUnixTimeMilliseconds(began),
            }
            : null;
    }
}

/// <summary>What the journey is for.</summary>
internal static class ProviderPurpose
{
    internal const string SignIn = "sign-in", Confirm = "confirm", Connect = "connect";
}
