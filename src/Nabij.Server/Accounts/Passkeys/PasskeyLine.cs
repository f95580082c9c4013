using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>One passkey as its owner sees it.</summary>
/// <param name="Id">Names it in a form.</param>
/// <param name="Name">What its owner calls it; may be empty.</param>
/// <param name="Since">When it was added, in the organization's zone.</param>
/// <param name="Used">When it was last used; empty for never.</param>
/// <param name="IsSuspected">It may have been copied and opens nothing.</param>
/// <param name="IsSynced">It is kept by an account that copies it to the person's other devices.</param>
public sealed record PasskeyLine(string Id, string Name, string Since, string Used, bool IsSuspected, bool IsSynced)
{
    internal static async Task<IReadOnlyList<PasskeyLine>> ReadAsync(ServerDatabase database, Guid account, OrganizationTime time, CancellationToken cancellation)
    {
        var rows = await database.Set<Passkey>().AsNoTracking().Where(row => row.AccountId == account).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return [.. rows.Select(row => new PasskeyLine(
            row.CredentialId, row.Name, time.Words(row.CreatedAt), row.UsedAt is { } used ? time.Words(used) : "", row.SuspectedAt is not null, row.IsBackedUp))];
    }
}
