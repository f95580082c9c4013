namespace Nabij.Server.Audit;

/// <summary>Follows a chain event by event, from its start or from a place that is known; of the database or of an export.</summary>
internal sealed class AuditWalk(long count = 0, string? hash = null)
{
    /// <summary>The last event that is whole.</summary>
    internal long Count { get; private set; } = count;

    internal string Hash { get; private set; } = hash ?? AuditChain.Start;

    /// <summary>What is wrong with the event as the next one; null when nothing is.</summary>
    internal string? Problem(AuditEvent line)
    {
        if (line.Seq != Count + 1)
            return $"event {Count + 1} is missing; the next one is event {line.Seq}.";
        if (line.PreviousHash != Hash)
            return $"event {line.Seq} does not follow the event before it: one of the two was changed, moved or added.";
        return AuditChain.Hash(line) == line.Hash && AreDetailsWhole(line) ? null : $"event {line.Seq} ({line.Action}) was changed after it was written.";
    }

    internal void Take(AuditEvent line) => (Count, Hash) = (line.Seq, line.Hash);

    private static bool AreDetailsWhole(AuditEvent line) => line switch
    {
        { Commitment: null } => line.Salt is null,
        { Salt: null } => line.Details.Length == 0,
        { Salt: { } salt } => AuditChain.Commit(salt, line.Details) == line.Commitment,
    };
}
