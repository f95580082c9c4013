using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>
/// Identity's store of accounts, which finds passkeys in our own table. It only reads them: they are written by
/// <see cref="PasskeyBook"/>, each in one transaction with its line in the audit chain. Scoped to a unit of work, and so to
/// one organization.
/// </summary>
internal sealed class AccountStore(ServerDatabase context, IdentityErrorDescriber? describer = null) : UserOnlyStore<Account, ServerDatabase, Guid>(context, describer)
{
    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        var rows = await Context.Set<Passkey>().AsNoTracking().Where(row => row.AccountId == user.Id && row.SuspectedAt == null).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ForHandler())];
    }

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Passkey.Text(credentialId);
        var row = await Context.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(
            one => one.CredentialId == id && one.AccountId == user.Id && one.SuspectedAt == null, cancellationToken);
        return row?.ForHandler();
    }

    public override async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Passkey.Text(credentialId);
        var row = await Context.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(one => one.CredentialId == id, cancellationToken);
        return row is null ? null : await Context.Set<Account>().SingleOrDefaultAsync(account => account.Id == row.AccountId, cancellationToken);
    }
}
