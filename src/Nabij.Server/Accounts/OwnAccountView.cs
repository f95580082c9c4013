using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>What "my account" shows.</summary>
public sealed record OwnAccountView
{
    private static readonly string[] KnownDone = ["password", "sign-ins", "passkey-added", "passkey-removed", "provider-linked", "provider-unlinked"];

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The last proof of being there is fresh enough to change things.</summary>
    public required bool IsConfirmed { get; init; }

    public required bool HasPassword { get; init; }

    /// <summary>Nobody of the organization signs in by a password.</summary>
    public required bool PasswordsOff { get; init; }

    public required IReadOnlyList<PasskeyLine> Passkeys { get; init; }

    /// <summary>What people call the identity provider; null when the organization has none.</summary>
    public required string? Provider { get; init; }

    /// <summary>This person can come by the provider.</summary>
    public required bool IsLinked { get; init; }

    public required bool HasSecondFactor { get; init; }

    public required int RecoveryCodesLeft { get; init; }

    public required IReadOnlyList<SignInLine> SignIns { get; init; }

    /// <summary>What has just been done, in words.</summary>
    public string? Done { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    internal static bool IsKnown(string done) => KnownDone.Contains(done);

    /// <summary>Reads the view. Scoped to a request of the person's organization.</summary>
    internal sealed class Reader(ServerDatabase database, IOptions<SignInTimes> times, TimeProvider clock)
    {
        internal async Task<OwnAccountView> ReadAsync(SignedIn who, Organization organization, CancellationToken cancellation)
        {
            var provider = await database.Set<IdentityProvider>().AsNoTracking().SingleOrDefaultAsync(cancellation);
            var account = await database.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == who.AccountId, cancellation);
            return new OwnAccountView
            {
                Name = account.DisplayName,
                Email = account.Email ?? "",
                Roles = await database.Set<AccountRole>().Where(row => row.AccountId == who.AccountId).Select(row => row.Role).ToListAsync(cancellation),
                IsConfirmed = who.IsConfirmed(times.Value, clock),
                HasPassword = account.PasswordHash is not null,
                PasswordsOff = organization.PasswordsOff,
                Passkeys = await PasskeyLine.ReadAsync(database, who.AccountId, OrganizationTime.Of(organization), cancellation),
                Provider = provider?.Name,
                IsLinked = provider is not null && await database.Set<ProviderSubject>().AnyAsync(row => row.AccountId == who.AccountId && row.Issuer == provider.Issuer, cancellation),
                HasSecondFactor = account.TwoFactorEnabled,
                RecoveryCodesLeft = await database.Set<RecoveryCode>().CountAsync(row => row.AccountId == who.AccountId && row.UsedAt == null, cancellation),
                SignIns = await SignInLine.ReadAsync(times.Value.Running(database.Set<SignIn>(), clock.GetUtcNow()), (who.AccountId, who.SignInId), OrganizationTime.Of(organization), cancellation),
            };
        }
    }
}
