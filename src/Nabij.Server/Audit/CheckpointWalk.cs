using Microsoft.EntityFrameworkCore;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>Whether a chain runs through every point that was signed, or noted elsewhere, and reaches the last of them.</summary>
internal sealed class CheckpointWalk
{
    private readonly Queue<(long Seq, string Hash, string Of)> _ahead;

    private CheckpointWalk(IEnumerable<(long Seq, string Hash, string Of)> points) => _ahead = new(points.OrderBy(point => point.Seq));

    /// <summary>A checkpoint is not what the records key signed.</summary>
    internal string? Problem { get; private init; }

    internal int Met { get; private set; }

    internal int Uncertified { get; private init; }

    /// <param name="database">Of the organization.</param>
    /// <param name="organizationKey">Null: signatures are not checked.</param>
    /// <param name="expected">Noted elsewhere.</param>
    /// <param name="cancellation">Of the caller.</param>
    internal static async Task<CheckpointWalk> LoadAsync(
        ServerDatabase database, byte[]? organizationKey, AuditVerification.Expected? expected, CancellationToken cancellation)
    {
        // At most a few thousand: one a day, and one at each export.
        var stored = await database.Set<AuditCheckpoint>().AsNoTracking().OrderBy(row => row.Seq).ToListAsync(cancellation);
        var points = stored.Select(row => (row.Seq, row.Hash, $"the checkpoint of {row.Time:yyyy-MM-dd HH:mm} UTC"));
        if (expected is not null)
            points = points.Append((expected.Seq, expected.Hash, "what was noted elsewhere"));
        return new CheckpointWalk(points)
        {
            Problem = stored.Find(row => !Holds(row, organizationKey, signed => signed.IsSigned)) is { } forged ? $"the checkpoint of event {forged.Seq} is not as it was signed." : null,
            Uncertified = organizationKey is null ? 0 : stored.Count(row => !Holds(row, organizationKey, signed => signed.IsCertified)),
        };
    }

    /// <summary>What is wrong with an event that a point is of; null when nothing is.</summary>
    internal string? ProblemWith(AuditEvent line)
    {
        while (_ahead.TryPeek(out var point) && point.Seq == line.Seq)
        {
            if (point.Hash != line.Hash)
                return $"event {line.Seq} is not the one of {point.Of}: the chain was written anew.";
            _ahead.Dequeue();
            Met++;
        }

        return null;
    }

    internal string? AtEnd(long count) =>
        _ahead.TryPeek(out var point) ? $"the chain ends at event {count}, but {point.Of} is of event {point.Seq}: the end was cut off." : null;

    private static bool Holds(AuditCheckpoint row, byte[]? organizationKey, Func<SignedStatement, bool> check)
    {
        try
        {
            return check(row.Signed(organizationKey ?? []));
        }
        catch (Exception changed) when (changed is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
