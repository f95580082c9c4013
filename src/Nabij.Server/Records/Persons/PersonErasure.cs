using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Takes away what names a person, all of it or nothing, and writes down that it was done: how many rows of which kind, under
/// a number that names nobody. Scoped to a request of the organization.
/// </summary>
internal sealed class PersonErasure(ServerDatabase database, AuditLog audit, AuditRedaction redaction, TimeProvider clock)
{
    internal const string Action = "person.erased";

    /// <summary>Accounts are an owner's to erase, and only those that are switched off.</summary>
    internal async Task<bool> MayAsync(RecordsAsker asker, IReadOnlyDictionary<string, IReadOnlyCollection<string>> ticked, CancellationToken cancellation)
    {
        if (!ticked.TryGetValue(AccountTraces.AccountKind, out var keys))
            return true;
        var ids = PersonTable.Ids(keys);
        return asker.IsOne(Role.Owner) && !await database.Set<Account>().AnyAsync(row => ids.Contains(row.Id) && row.DisabledAt == null, cancellation);
    }

    /// <returns>The number of the erasure, and how many rows lost something.</returns>
    internal async Task<(string Number, int Count)> EraseAsync(RecordsAsker asker, IReadOnlyDictionary<string, IReadOnlyCollection<string>> ticked, CancellationToken cancellation)
    {
        var number = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var counts = new List<(string Kind, int Count)>();
        foreach (var table in PersonTables.All.Where(table => ticked.ContainsKey(table.Kind)))
        {
            counts.Add((table.Kind, table is AuditTraces
                ? await redaction.RedactAsync(database, (asker.Actor, number), AuditTraces.Numbers(ticked[table.Kind]), cancellation)
                : await table.EraseAsync(database, ticked[table.Kind], clock.GetUtcNow(), cancellation)));
        }

        var details = string.Join(", ", counts.Select(one => $"{one.Kind} {one.Count}"));
        await audit.RecordAsync(database, new AuditEntry(asker.Actor, Action, number, AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
        return (number, counts.Sum(one => one.Count));
    }
}
