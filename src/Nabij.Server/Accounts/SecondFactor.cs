using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>The authenticator secret and the recovery codes of an account. Scoped to its organization's request.</summary>
internal sealed class SecondFactor(ServerDatabase database, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Nabij.Server.Accounts.SecondFactor");

    /// <summary>The secret to show while enrolling: always the same until it is confirmed, so that a reload does no harm.</summary>
    internal async Task<byte[]> EnrollAsync(Account account, CancellationToken cancellation)
    {
        if (account.TwoFactorEnabled)
            throw new InvalidOperationException("A confirmed secret is never shown again.");
        if (Secret(account) is { } secret)
            return secret;

        secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        account.TotpSecret = Convert.ToBase64String(_protector.Protect(secret));
        await database.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>Whether this person is asked for a second step after a first one: an authenticator or any passkey is set up.</summary>
    internal static async Task<bool> HasAnyAsync(ServerDatabase database, Account account, CancellationToken cancellation) =>
        account.TwoFactorEnabled || await database.Set<Passkey>().AnyAsync(row => row.AccountId == account.Id, cancellation);

    /// <summary>Whether this person's authenticator can serve no more: the key ring that sealed its secret is gone. Recovery codes need no ring.</summary>
    internal bool IsUnreadable(Account account) => account is { TwoFactorEnabled: true, TotpSecret: not null } && Secret(account) is null;

    /// <summary>Whether the code is right; a right one is used up.</summary>
    /// <param name="account">Whose code.</param>
    /// <param name="typed">Digits of the authenticator, or a recovery code.</param>
    /// <param name="enrolling">The first code of an authenticator that does not count yet, which nothing else stands in for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<bool> TakeAsync(Account account, string typed, bool enrolling, CancellationToken cancellation)
    {
        var code = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter)));
        if (code.Length == Totp.Digits)
            return (account.TwoFactorEnabled || enrolling) && await TakeTotpAsync(account, code, cancellation);
        return !enrolling && await TakeRecoveryCodeAsync(account, typed, cancellation);
    }

    /// <summary>Whether it is one of the person's codes that are not used up.</summary>
    internal static Task<bool> IsRecoveryCodeAsync(ServerDatabase database, Account account, string typed, CancellationToken cancellation)
    {
        var hash = RecoveryCode.Hash(typed);
        return database.Set<RecoveryCode>().AnyAsync(row => row.AccountId == account.Id && row.CodeHash == hash && row.UsedAt == null, cancellation);
    }

    /// <summary>Whether it is one of the person's codes; it is used up.</summary>
    internal async Task<bool> TakeRecoveryCodeAsync(Account account, string typed, CancellationToken cancellation)
    {
        var hash = RecoveryCode.Hash(typed);
        var now = clock.GetUtcNow();
        var used = await database.Set<RecoveryCode>()
            .Where(row => row.AccountId == account.Id && row.CodeHash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation);
        return used == 1;
    }

    /// <summary>Makes the secret count from now on, and gives recovery codes, which are shown once.</summary>
    internal Task<IReadOnlyList<string>> ConfirmAsync(Account account, CancellationToken cancellation)
    {
        account.TwoFactorEnabled = true;
        return RenewCodesAsync(account, cancellation);
    }

    /// <summary>A new secret beside the one that counts: always the same until it is taken, so that a reload does no harm.</summary>
    internal async Task<byte[]> PrepareAsync(Account account, CancellationToken cancellation)
    {
        if (Open(account.TotpPending) is { } pending)
            return pending;
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        account.TotpPending = Convert.ToBase64String(_protector.Protect(secret));
        await database.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>The first code of the new secret: from now on it counts, the old one and its recovery codes no longer. Null when the code is wrong.</summary>
    internal async Task<IReadOnlyList<string>?> ReplaceAsync(Account account, string typed, CancellationToken cancellation)
    {
        var code = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter)));
        if (Open(account.TotpPending) is not { } pending || Totp.FindStep(pending, code, clock.GetUtcNow(), 0) is not { } step)
            return null;
        (account.TotpSecret, account.TotpPending, account.TotpLastStep) = (account.TotpPending, null, step);
        return await ConfirmAsync(account, cancellation);
    }

    /// <summary>As if there had never been one, nor a passkey, nor a link to the provider: the next sign-in sets up a new one.</summary>
    internal static async Task ForgetAsync(ServerDatabase database, Account account, CancellationToken cancellation)
    {
        (account.TwoFactorEnabled, account.TotpSecret, account.TotpPending) = (false, null, null);
        await database.Set<RecoveryCode>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await database.Set<Passkey>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await database.Set<ProviderSubject>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>Ten new recovery codes, shown once; the old ones no longer serve.</summary>
    internal async Task<IReadOnlyList<string>> RenewCodesAsync(Account account, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.Create()).ToList();
        await database.Set<RecoveryCode>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        database.AddRange(codes.Select(code => new RecoveryCode { OrganizationId = account.OrganizationId, AccountId = account.Id, CodeHash = RecoveryCode.Hash(code) }));
        await database.SaveChangesAsync(cancellation);
        return codes;
    }

    /// <summary>The database decides who is first when one code is sent twice at once.</summary>
    private async Task<bool> TakeTotpAsync(Account account, string code, CancellationToken cancellation)
    {
        if (Secret(account) is not { } secret || Totp.FindStep(secret, code, clock.GetUtcNow(), account.TotpLastStep) is not { } step)
            return false;
        var taken = await database.Set<Account>().Where(row => row.Id == account.Id && row.TotpLastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpLastStep, step), cancellation);
        if (taken == 1)
            await database.Entry(account).ReloadAsync(cancellation);
        return taken == 1;
    }

    private byte[]? Secret(Account account) => Open(account.TotpSecret);

    /// <summary>Null for none, and for one that another key ring than this server's has sealed.</summary>
    private byte[]? Open(string? box)
    {
        try
        {
            return box is null ? null : _protector.Unprotect(Convert.FromBase64String(box));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
