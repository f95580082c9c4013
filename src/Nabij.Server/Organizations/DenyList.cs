using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>
/// Who may not help any more (security.md 3.8, "Revocation"). Being on the list ends every sign-in of the account, refuses
/// new ones, and puts the id into the signed document, so that customers' programs refuse the certificate as well.
/// </summary>
internal sealed class DenyList(DatabaseSource source, AuditLog audit, TimeProvider clock)
{
    /// <summary>The most that a document may carry (docs/protocol/02).</summary>
    internal const int Most = 1024;

    internal async Task<IReadOnlyList<DeniedTechnician>> AllAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<DeniedTechnician>().AsNoTracking().OrderBy(row => row.DeniedAt).ToListAsync(cancellation);
    }

    /// <summary>Accounts by id, by address of e-mail, or by the name that customers see; upper and lower case are the same.</summary>
    internal async Task<IReadOnlyList<Account>> FindAsync(Guid organization, string word, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var accounts = await database.Set<Account>().AsNoTracking().ToListAsync(cancellation);
        return [.. accounts.Where(account => Guid.TryParse(word, out var id) && account.Id == id
            || string.Equals(account.Email, word, StringComparison.OrdinalIgnoreCase)
            || string.Equals(account.DisplayName, word, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>False when the technician is on the list already.</summary>
    internal async Task<bool> AddAsync(Guid organization, Guid technician, string name, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<DeniedTechnician>().AnyAsync(row => row.TechnicianId == technician, cancellation))
            return false;
        var now = clock.GetUtcNow();
        database.Add(new DeniedTechnician { OrganizationId = organization, TechnicianId = technician, Name = name, DeniedAt = now });
        await database.SaveChangesAsync(cancellation);
        await database.Set<Account>().Where(row => row.Id == technician)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, now), cancellation);
        await database.Set<SignIn>().Where(row => row.AccountId == technician).ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry("command", "technician.revoked", technician.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>False when the technician was not on the list.</summary>
    internal async Task<bool> RemoveAsync(Guid organization, Guid technician, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<DeniedTechnician>().Where(row => row.TechnicianId == technician).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await database.Set<Account>().Where(row => row.Id == technician)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, (DateTimeOffset?)null), cancellation);
        await audit.RecordAsync(database, new AuditEntry("command", "technician.allowed", technician.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
