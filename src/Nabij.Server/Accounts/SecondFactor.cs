using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>Whether the code is right; a right one is used up.</summary>
    internal async Task<bool> TakeAsync(Account account, string typed, CancellationToken cancellation)
    {
        var code = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter)));
        if (code.Length == Totp.Digits)
            return await TakeTotpAsync(account, code, cancellation);
        if (!account.TwoFactorEnabled)
            return false;

        var hash = RecoveryCode.Hash(typed);
        var now = clock.GetUtcNow();
        var used = await database.Set<RecoveryCode>()
            .Where(row => row.AccountId == account.Id && row.CodeHash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation);
        return used == 1;
    }

    /// <summary>Makes the secret count from now on, and gives recovery codes, which are shown once.</summary>
    internal async Task<IReadOnlyList<string>> ConfirmAsync(Account account, CancellationToken cancellation)
    {
        account.TwoFactorEnabled = true;
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

    private byte[]? Secret(Account account) => account.TotpSecret is { } text ? _protector.Unprotect(Convert.FromBase64String(text)) : null;
}
