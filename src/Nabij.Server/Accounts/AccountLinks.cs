using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Makes, revokes and uses up the links by which people set their passwords or passkeys. Scoped to a unit of work.</summary>
internal sealed class AccountLinks(
    ServerDatabase database, DatabaseSource source, UserManager<Account> users, SignInEnding signIns, AuditLog audit,
    IOptions<SignInTimes> times, TimeProvider clock)
{
    private const int LongestSecret = 100;

    /// <summary>The path of the page that takes the secret.</summary>
    internal const string Path = "/invitation";

    /// <summary>A new link for the account; an older one stops working. Gives the secret, which is shown once.</summary>
    internal async Task<string> MakeAsync(Account account, string kind, string actor, CancellationToken cancellation)
    {
        var secret = Reference.Create(AccountLink.SecretBytes);
        var now = clock.GetUtcNow();
        var expiry = now + (kind == AccountLink.Invitation ? times.Value.Invitation : times.Value.Reset);
        await database.Set<AccountLink>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        database.Add(new AccountLink
        {
            OrganizationId = account.OrganizationId,
            AccountId = account.Id,
            SecretHash = Reference.Hash(secret),
            Kind = kind,
            MadeBy = actor,
            CreatedAt = now,
            ExpiresAt = expiry,
        });
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(actor, "link.made", account.Id.ToString(), AuditEntry.Done, $"{kind}, until {expiry:O}"), cancellation);
        return secret;
    }

    /// <summary>Whether there was a link to revoke.</summary>
    internal async Task<bool> RevokeAsync(Guid account, string actor, CancellationToken cancellation)
    {
        if (await database.Set<AccountLink>().Where(row => row.AccountId == account).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await audit.RecordAsync(database, new AuditEntry(actor, "link.revoked", account.ToString(), AuditEntry.Done), cancellation);
        return true;
    }

    /// <summary>Links for others that this account made: who may no longer make them may know their secrets.</summary>
    internal async Task RevokeMadeByAsync(Guid maker, string actor, CancellationToken cancellation)
    {
        var madeBy = maker.ToString();
        foreach (var account in await database.Set<AccountLink>().Where(row => row.MadeBy == madeBy).Select(row => row.AccountId).ToListAsync(cancellation))
            await RevokeAsync(account, actor, cancellation);
    }

    /// <summary>The link with this secret, of whatever organization; null when it is wrong, used, revoked, too old, or its person is switched off.</summary>
    internal async Task<AccountLink?> FindAsync(string typed, CancellationToken cancellation)
    {
        var secret = Secret(typed);
        if (secret.Length is 0 or > LongestSecret)
            return null;
        var hash = Reference.Hash(secret);
        await using var all = source.OpenUnscoped();
        var link = await all.Set<AccountLink>().OfEveryOrganization().AsNoTracking().SingleOrDefaultAsync(row => row.SecretHash == hash, cancellation);
        return link is not null && link.ExpiresAt > clock.GetUtcNow() &&
            await all.Set<Account>().OfEveryOrganization().AnyAsync(row => row.OrganizationId == link.OrganizationId && row.Id == link.AccountId && row.DisabledAt == null, cancellation)
            ? link : null;
    }

    /// <summary>Sets the password and uses the link up, both or neither. The unit of work must be the link's organization's.</summary>
    /// <returns>The account, or why the password cannot be; both null when the link has just been used.</returns>
    internal async Task<(Account? Account, IReadOnlyList<Problem> Problems)> TakeAsync(AccountLink link, string password, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await UseUpAsync(link, cancellation) is not { } account)
            return (null, []);
        if (await PasswordChange.SetAsync(users, account, password) is { Count: > 0 } problems)
            return (null, problems);
        if (link.Kind == AccountLink.Everything)
            await SecondFactor.ForgetAsync(database, account, cancellation);
        await FinishAsync(link, account, transaction, cancellation);
        return (account, []);
    }

    /// <summary>The statement that deletes it decides who is first when one link is used twice at once.</summary>
    internal async Task<Account?> UseUpAsync(AccountLink link, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await database.Set<AccountLink>().Where(row => row.SecretHash == link.SecretHash && row.ExpiresAt > now).ExecuteDeleteAsync(cancellation) == 0
            ? null
            : await database.Set<Account>().SingleAsync(row => row.Id == link.AccountId, cancellation);
    }

    /// <summary>Ends every sign-in of the person, and commits.</summary>
    internal async Task FinishAsync(AccountLink link, Account account, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellation)
    {
        var ended = await SignInEnding.RemoveAsync(database, account.Id, except: null, cancellation);
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "link.used", account.Id.ToString(), AuditEntry.Done, link.Kind), cancellation);
        await transaction.CommitAsync(cancellation);
        signIns.Close(ended);
    }

    /// <summary>People paste the whole link or what stands after its "#".</summary>
    internal static string Secret(string typed)
    {
        var text = typed.Trim();
        return text[(text.LastIndexOf('#') + 1)..];
    }
}
