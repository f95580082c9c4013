using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Recomputes an organization's chain. It finds an event that was changed, removed, added or moved, and an end that was
/// cut off. Who can write the database can also write a whole new chain: keep the last hash elsewhere to notice that.
/// </summary>
internal static class AuditVerification
{
    /// <param name="Count">Events that are whole.</param>
    /// <param name="Hash">Hash of the last of them.</param>
    /// <param name="Problem">What is wrong with the next one; null when nothing is.</param>
    internal sealed record Report(long Count, string Hash, string? Problem);

    internal static async Task<Report> VerifyAsync(ServerDatabase database, CancellationToken cancellation)
    {
        // One snapshot: the server may be writing at this moment.
        await using var snapshot = await database.Database.BeginTransactionAsync(cancellation);
        var (count, hash) = (0L, AuditChain.Start);
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().OrderBy(row => row.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (Check(line, count + 1, hash) is { } problem)
                return new Report(count, hash, problem);
            (count, hash) = (line.Seq, line.Hash);
        }

        var head = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        if ((head?.Seq ?? 0) != count)
            return new Report(count, hash, $"the chain ends at event {count}, but event {head?.Seq ?? 0} was the last one written; the events between were removed or added.");
        return head is not null && head.Hash != hash
            ? new Report(count, hash, $"event {count} is not the one that was written last.")
            : new Report(count, hash, null);
    }

    private static string? Check(AuditEvent line, long expectedSeq, string previousHash)
    {
        if (line.Seq != expectedSeq)
            return $"event {expectedSeq} is missing; the next one is event {line.Seq}.";
        if (line.PreviousHash != previousHash)
            return $"event {line.Seq} does not follow the event before it: one of the two was changed, moved or added.";
        return AuditChain.Hash(line) == line.Hash ? null : $"event {line.Seq} ({line.Action}) was changed after it was written.";
    }
}
