using Nabij.Server.Accounts.Provider;
using Nabij.Server.Pages;

namespace Nabij.Server.People;

/// <summary>What the page shows that says by what people sign in.</summary>
public sealed record WaysView
{
    public required bool PasswordsOff { get; init; }

    /// <summary>Owners who would be locked out without passwords: no passkey, or no recovery code left.</summary>
    public required IReadOnlyList<string> Unready { get; init; }

    public required ProviderForm Provider { get; init; }

    /// <summary>There is a provider; else the form is empty.</summary>
    public required bool HasProvider { get; init; }

    public required bool HasSecret { get; init; }

    /// <summary>The operator has put the secret into this file; null when there is none.</summary>
    public required string? SecretFile { get; init; }

    /// <summary>What the provider must know: where it sends people back to, and where after signing out.</summary>
    public required string ReturnAddress { get; init; }

    public required string OutAddress { get; init; }

    public string? Done { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>The provider's settings as a form holds them.</summary>
public sealed record ProviderForm
{
    public string Name { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Domain { get; init; } = "";

    public bool AsksSecondFactor { get; init; }

    /// <summary>Never shown again; empty keeps the one that is stored.</summary>
    internal string Secret { get; init; } = "";

    internal bool ForgetsSecret { get; init; }

    internal static ProviderForm Of(IdentityProvider provider) => new()
    {
        Name = provider.Name, Issuer = provider.Issuer, ClientId = provider.ClientId, Domain = provider.Domain, AsksSecondFactor = provider.AsksSecondFactor,
    };

    internal static ProviderForm Read(IFormCollection fields) => new()
    {
        Name = fields["name"].ToString().Trim(),
        Issuer = fields["issuer"].ToString().Trim(),
        ClientId = fields["client-id"].ToString().Trim(),
        Domain = fields["domain"].ToString().Trim().TrimStart('@').ToLowerInvariant(),
        AsksSecondFactor = fields["asks-second-factor"] == "yes",
        Secret = fields["secret"].ToString(),
        ForgetsSecret = fields["forget-secret"] == "yes",
    };

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal Problem? Check()
    {
        if (!IsShort(Name, IdentityProvider.LongestName))
            return new Problem("problem.provider-name", IdentityProvider.LongestName).At("provider-name");
        if (ProviderAddress.Issuer(Issuer) is null)
            return new Problem("problem.provider-issuer", Issuer.Length > 100 ? Issuer[..100] : Issuer).At("issuer");
        if (!IsShort(ClientId, IdentityProvider.LongestClient))
            return new Problem("problem.provider-client").At("client-id");
        return Domain.Length == 0 || (Domain.Length <= IdentityProvider.LongestDomain && Uri.CheckHostName(Domain) == UriHostNameType.Dns && Domain.Contains('.'))
            ? null : new Problem("problem.provider-domain", Domain.Length > 100 ? Domain[..100] : Domain).At("domain");
    }

    private static bool IsShort(string text, int longest) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl);
}
