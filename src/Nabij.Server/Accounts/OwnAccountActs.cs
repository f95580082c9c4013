using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>What a person changes of his or her own account, each with its line in the audit chain. Scoped to a request.</summary>
internal sealed class OwnAccountActs(ServerDatabase database, UserManager<Account> users, SecondFactor factor, SignInEnding signIns, AuditLog audit)
{
    /// <summary>Sets the password and ends every other sign-in of the person.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    internal async Task<IReadOnlyList<Problem>> ChangePasswordAsync(SignedIn who, string password, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<Organization>().AnyAsync(row => row.Id == who.OrganizationId && row.PasswordsOff, cancellation))
            return [new Problem("problem.passwords-are-off")];
        if (await PasswordChange.SetAsync(users, await OwnAsync(who, cancellation), password) is { Count: > 0 } problems)
            return problems;
        await FinishAsync(who, "password.changed", transaction, cancellation);
        return [];
    }

    /// <returns>New codes, shown once; null when there is no second factor that they could stand in for.</returns>
    internal async Task<IReadOnlyList<string>?> RenewCodesAsync(SignedIn who, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var account = await OwnAsync(who, cancellation);
        if (!await SecondFactor.HasAnyAsync(database, account, cancellation))
            return null;
        var codes = await factor.RenewCodesAsync(account, cancellation);
        await audit.RecordAsync(database, Entry(who, "recovery-codes.renewed"), cancellation);
        await transaction.CommitAsync(cancellation);
        return codes;
    }

    /// <returns>New recovery codes, shown once; null when the code is wrong.</returns>
    internal async Task<IReadOnlyList<string>?> ReplaceSecondFactorAsync(SignedIn who, string code, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await factor.ReplaceAsync(await OwnAsync(who, cancellation), code, cancellation) is not { } codes)
            return null;
        await FinishAsync(who, "second-factor.changed", transaction, cancellation);
        return codes;
    }

    private Task<Account> OwnAsync(SignedIn who, CancellationToken cancellation) => database.Set<Account>().SingleAsync(row => row.Id == who.AccountId, cancellation);

    private static AuditEntry Entry(SignedIn who, string action) => new(who.AccountId.ToString(), action, who.AccountId.ToString(), AuditEntry.Done);

    private async Task FinishAsync(SignedIn who, string action, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellation)
    {
        var ended = await SignInEnding.RemoveAsync(database, who.AccountId, except: who.SignInId, cancellation);
        await audit.RecordAsync(database, Entry(who, action), cancellation);
        await transaction.CommitAsync(cancellation);
        signIns.Close(ended);
    }
}
