using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Recomputes an organization's chain. It finds an event that was changed, removed, added or moved, details that were taken
/// away without a word, an end that was cut off, and a checkpoint that is gone or not the organization's. Who can write the
/// database can also write a whole new chain without any checkpoint: that shows in how long its events wait for one, and for
/// certain in a hash that is kept elsewhere (<see cref="Expected"/>). Reads a snapshot and holds up no writer. Thread-safe.
/// </summary>
internal sealed class AuditVerification(DatabaseSource source, OrganizationKeys organizations, RecordsKeys records, TimeProvider clock)
{
    /// <param name="Count">Events that are whole.</param>
    /// <param name="Hash">Hash of the last of them.</param>
    /// <param name="Problem">What is wrong with the next one; null when nothing is.</param>
    internal sealed record Report(long Count, string Hash, string? Problem)
    {
        /// <summary>The first event that was looked at.</summary>
        internal long From { get; init; } = 1;

        /// <summary>Signed checkpoints that the chain meets.</summary>
        internal int Checkpoints { get; init; }

        /// <summary>What keeps a chain without a problem from being proven, in words; null when nothing does.</summary>
        internal string? Doubt { get; init; }

        /// <summary>What the reader should know besides; null when there is nothing.</summary>
        internal string? Note { get; init; }
    }

    /// <summary>What was noted elsewhere: that event must still be there, with that hash.</summary>
    internal sealed record Expected(long Seq, string Hash);

    /// <param name="organization">Whose chain.</param>
    /// <param name="cancellation">Of the caller.</param>
    /// <param name="expected">Kept elsewhere; null when nothing is.</param>
    /// <param name="at">When the rows were as they are: now, or when a backup was made.</param>
    internal async Task<Report> VerifyAsync(Guid organization, CancellationToken cancellation, Expected? expected = null, DateTimeOffset? at = null)
    {
        await using var database = source.Open(organization);
        await using var snapshot = await ReadSnapshot.BeginAsync(database, source.Engine, cancellation);
        return await WalkAsync(database, Trust(organization), (1, expected, at ?? clock.GetUtcNow()), cancellation);
    }

    /// <summary>The same from the last checkpoint on, which stands for all before it: an hour's work, for what is looked at often.</summary>
    internal async Task<Report> VerifyEndAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var snapshot = await ReadSnapshot.BeginAsync(database, source.Engine, cancellation);
        var last = await database.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Seq, cancellation) ?? 1;
        return await WalkAsync(database, Trust(organization), (last, null, clock.GetUtcNow()), cancellation);
    }

    /// <summary>The same inside a transaction of the caller.</summary>
    internal static async Task<Report> WalkAsync(
        ServerDatabase database, AuditTrust trust, (long From, Expected? Expected, DateTimeOffset Now) asked, CancellationToken cancellation)
    {
        var points = await CheckpointWalk.LoadAsync(database, trust, asked, cancellation);
        if (points.Problem is { } forged)
            return new Report(0, AuditChain.Start, forged) { From = asked.From };
        var from = asked.From;
        var before = from == 1 ? null : await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq == from).Select(row => row.PreviousHash).SingleOrDefaultAsync(cancellation);
        var (walk, redactions) = (new AuditWalk(from - 1, before), new RedactionWalk());
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq >= from).OrderBy(row => row.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if ((walk.Problem(line) ?? points.ProblemWith(line)) is { } problem)
                return new Report(walk.Count, walk.Hash, problem) { From = from };
            walk.Take(line);
            redactions.Take(line);
        }

        var head = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        return new Report(walk.Count, walk.Hash, AtEnd(walk, head) ?? points.AtEnd(walk.Count) ?? redactions.AtEnd())
        {
            From = from,
            Checkpoints = points.Met,
            Doubt = Doubt(trust, points),
            Note = Note(points),
        };
    }

    private AuditTrust Trust(Guid organization) => AuditTrust.Of(organizations, records, organization);

    private static string? AtEnd(AuditWalk walk, AuditHead? head)
    {
        if ((head?.Seq ?? 0) != walk.Count)
            return $"the chain ends at event {walk.Count}, but event {head?.Seq ?? 0} was the last one written; the events between were removed or added.";
        return head is not null && head.Hash != walk.Hash ? $"event {walk.Count} is not the one that was written last." : null;
    }

    private static string? Doubt(AuditTrust trust, CheckpointWalk points)
    {
        if (!trust.HasKey)
            return "the organization's key is missing or cannot be read, so nobody can say whose signatures its checkpoints carry. Put the key back from your copy, then check again.";
        return points.Unsigned is { } first
            ? $"no checkpoint stands behind event {first.Seq} of {Time(first.Time)} and what follows, and a server that runs signs every hour. If this one did not run, start it, and it signs; if it ran, look for \"no checkpoint\" in its log, or somebody took checkpoints away."
            : null;
    }

    private static string? Note(CheckpointWalk points)
    {
        if (points.Late is { } late)
            return $"event {late.Seq} of {Time(late.Time)} was signed only at {Time(late.Signed)}. It is so when the server did not run in between, or is older than checkpoints; if neither is so, the chain was written anew: compare with a hash that you kept.";
        return points.Uncertified == 0 ? null : $"{points.Uncertified} checkpoints are signed by this server's own key, which the organization did not certify yet.";
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
