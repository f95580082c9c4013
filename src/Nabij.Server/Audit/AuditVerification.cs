using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Recomputes an organization's chain. It finds an event that was changed, removed, added or moved, details that were taken
/// away without a word, and an end that was cut off. Who can write the database can also write a whole new chain: signed
/// checkpoints stop who has not the records key, and a hash that is kept elsewhere (<see cref="Expected"/>) everybody.
/// </summary>
internal static class AuditVerification
{
    /// <param name="Count">Events that are whole.</param>
    /// <param name="Hash">Hash of the last of them.</param>
    /// <param name="Problem">What is wrong with the next one; null when nothing is.</param>
    internal sealed record Report(long Count, string Hash, string? Problem)
    {
        /// <summary>Signed checkpoints that the chain meets.</summary>
        internal int Checkpoints { get; init; }

        /// <summary>Of those, signed by a key that the organization has not certified.</summary>
        internal int Uncertified { get; init; }
    }

    /// <summary>What was noted elsewhere: that event must still be there, with that hash.</summary>
    internal sealed record Expected(long Seq, string Hash);

    /// <param name="database">Of the organization.</param>
    /// <param name="cancellation">Of the caller.</param>
    /// <param name="organizationKey">SubjectPublicKeyInfo; null leaves the signatures of checkpoints unchecked.</param>
    /// <param name="expected">Kept elsewhere; null when nothing is.</param>
    internal static async Task<Report> VerifyAsync(
        ServerDatabase database, CancellationToken cancellation, byte[]? organizationKey = null, Expected? expected = null)
    {
        // One snapshot: the server may be writing at this moment.
        await using var snapshot = await database.Database.BeginTransactionAsync(cancellation);
        return await WalkAsync(database, cancellation, organizationKey, expected);
    }

    /// <summary>The same inside a transaction of the caller.</summary>
    internal static async Task<Report> WalkAsync(
        ServerDatabase database, CancellationToken cancellation, byte[]? organizationKey = null, Expected? expected = null)
    {
        var points = await CheckpointWalk.LoadAsync(database, organizationKey, expected, cancellation);
        if (points.Problem is { } forged)
            return new Report(0, AuditChain.Start, forged);
        var (walk, redactions) = (new AuditWalk(), new RedactionWalk());
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().OrderBy(row => row.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if ((walk.Problem(line) ?? points.ProblemWith(line)) is { } problem)
                return new Report(walk.Count, walk.Hash, problem);
            walk.Take(line);
            redactions.Take(line);
        }

        var head = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        return new Report(walk.Count, walk.Hash, AtEnd(walk, head) ?? points.AtEnd(walk.Count) ?? redactions.AtEnd())
        {
            Checkpoints = points.Met,
            Uncertified = points.Uncertified,
        };
    }

    private static string? AtEnd(AuditWalk walk, AuditHead? head)
    {
        if ((head?.Seq ?? 0) != walk.Count)
            return $"the chain ends at event {walk.Count}, but event {head?.Seq ?? 0} was the last one written; the events between were removed or added.";
        return head is not null && head.Hash != walk.Hash ? $"event {walk.Count} is not the one that was written last." : null;
    }
}
