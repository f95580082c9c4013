using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.People;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>What a person does with his or her own passkeys, each in one transaction with its line in the audit chain. Scoped to a request.</summary>
internal sealed class OwnPasskeys(ServerDatabase database, PasskeyBook book, SecondFactor factor, SignInEnding signIns, AuditLog audit)
{
    /// <summary>Adds what the browser made. Who has no recovery code left gets new ones, because a passkey can be lost.</summary>
    /// <param name="context">The request.</param>
    /// <param name="account">Whose it becomes.</param>
    /// <param name="purpose">What the challenge was given out for.</param>
    /// <param name="given">The browser's answer, and the name; an empty one is made from browser and system.</param>
    /// <returns>New recovery codes, shown once, or none; or why not.</returns>
    internal async Task<(IReadOnlyList<string> Codes, Problem? Problem)> AddAsync(
        HttpContext context, Account account, (string Purpose, string BoundTo) purpose, (string Answer, string Name) given)
    {
        var (made, problem) = await book.ReadAsync(context, account, purpose, given);
        if (made is null)
            return ([], problem);
        await using var transaction = await database.Database.BeginTransactionAsync(context.RequestAborted);
        if (await book.KeepAsync(made, account.Id.ToString(), context.RequestAborted) is { } refused)
            return ([], refused);
        var codes = await CodesAsync(account, context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return (codes, null);
    }

    /// <summary>Ends every other sign-in as well: the one who has the passkey may be signed in by it.</summary>
    /// <returns>Why not; null when it is done or was no more there.</returns>
    internal async Task<Problem?> RemoveAsync(SignedIn who, string credential, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var row = await database.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(one => one.CredentialId == credential && one.AccountId == who.AccountId, cancellation);
        if (row is null)
            return null;
        await database.Set<Passkey>().Where(one => one.CredentialId == credential && one.AccountId == who.AccountId).ExecuteDeleteAsync(cancellation);
        var stays = await PeopleRules.WithOwnWayIn(database).AnyAsync(one => one.Id == who.AccountId, cancellation) || await ComesByProviderAsync(who, cancellation);
        if (row.SuspectedAt is null && !stays)
            return new Problem("passkey.problem.last");
        await ForgetIdleCodesAsync(who, cancellation);
        var ended = await SignInEnding.RemoveAsync(database, who.AccountId, except: who.SignInId, cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "passkey.removed", who.AccountId.ToString(), AuditEntry.Done, row.Name), cancellation);
        await transaction.CommitAsync(cancellation);
        signIns.Close(ended);
        return null;
    }

    /// <summary>Owners need a way in of this server's own besides it.</summary>
    private async Task<bool> ComesByProviderAsync(SignedIn who, CancellationToken cancellation) =>
        await database.Set<ProviderSubject>().AnyAsync(row => row.AccountId == who.AccountId, cancellation) &&
        await database.Set<IdentityProvider>().AnyAsync(cancellation) &&
        !await database.Set<AccountRole>().AnyAsync(row => row.AccountId == who.AccountId && row.Role == Role.Owner, cancellation);

    private async Task<IReadOnlyList<string>> CodesAsync(Account account, CancellationToken cancellation)
    {
        if (await database.Set<RecoveryCode>().AnyAsync(row => row.AccountId == account.Id && row.UsedAt == null, cancellation))
            return [];
        var codes = await factor.RenewCodesAsync(account, cancellation);
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "recovery-codes.renewed", account.Id.ToString(), AuditEntry.Done, "with a passkey"), cancellation);
        return codes;
    }

    /// <summary>Codes that stand in for nothing any more must not open anything later.</summary>
    private async Task ForgetIdleCodesAsync(SignedIn who, CancellationToken cancellation)
    {
        var account = await database.Set<Account>().SingleAsync(row => row.Id == who.AccountId, cancellation);
        if (!await SecondFactor.HasAnyAsync(database, account, cancellation))
            await database.Set<RecoveryCode>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
    }
}
