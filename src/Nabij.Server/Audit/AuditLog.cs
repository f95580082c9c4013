using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Appends to the chain of the unit of work's organization. With a transaction running, the event stands or falls with
/// it; without one it is its own. Two writers of one organization are kept apart by the database (decision 0026).
/// </summary>
internal sealed class AuditLog(TimeProvider clock)
{
    internal const int MaximumDetails = 1000;

    private const int MaximumWord = 200;

    internal async Task RecordAsync(ServerDatabase database, AuditEntry entry, CancellationToken cancellation)
    {
        if (database.Database.CurrentTransaction is not null)
        {
            await AppendAsync(database, entry, cancellation);
            return;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await AppendAsync(database, entry, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task AppendAsync(ServerDatabase database, AuditEntry entry, CancellationToken cancellation)
    {
        var organizationId = database.CurrentOrganizationId;
        var head = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        var line = Link(organizationId, entry, head);
        database.Add(line);
        if (head is null)
            database.Add(new AuditHead { OrganizationId = organizationId, Seq = line.Seq, Hash = line.Hash });
        else
            await database.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Seq, line.Seq).SetProperty(row => row.Hash, line.Hash), cancellation);
        await database.SaveChangesAsync(cancellation);
        database.ChangeTracker.Entries<AuditHead>().ToList().ForEach(tracked => tracked.State = EntityState.Detached);
    }

    private AuditEvent Link(Guid organizationId, AuditEntry entry, AuditHead? head)
    {
        var details = AuditText.Escape(entry.Details, MaximumDetails);
        var salt = RandomNumberGenerator.GetHexString(2 * AuditChain.SaltBytes, lowercase: true);
        var line = new AuditEvent
        {
            OrganizationId = organizationId,
            Seq = (head?.Seq ?? 0) + 1,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            Actor = AuditText.Escape(entry.Actor, MaximumWord),
            Action = AuditText.Escape(entry.Action, MaximumWord),
            Object = AuditText.Escape(entry.Object, MaximumWord),
            Outcome = AuditText.Escape(entry.Outcome, MaximumWord),
            Details = details,
            Salt = salt,
            Commitment = AuditChain.Commit(salt, details),
            PreviousHash = head?.Hash ?? AuditChain.Start,
        };
        line.Hash = AuditChain.Hash(line);
        return line;
    }
}
