using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Signs the end of a chain, every hour in which something was written and at each export: what came before cannot be cut off
/// or written anew by who has not the records key. The chain itself tells of each checkpoint, by an event that is the one it
/// signs. Signs only a chain that is whole since the last checkpoint, and says so in the log, which may go to another machine.
/// Never inside a transaction of the caller. Thread-safe.
/// </summary>
internal sealed partial class AuditCheckpoints(StatementSigner signer, AuditLog audit, DatabaseSource source, TimeProvider clock, ILogger<AuditCheckpoints> logger)
{
    /// <summary>Names its own number: a checkpoint of this very event was signed with it.</summary>
    internal const string Action = "audit.checkpoint";

    /// <summary>The checkpoint of the newest event, and what makes it verifiable by itself; null for a chain that is broken or empty.</summary>
    /// <exception cref="Commands.OperatorException">A key that it takes is missing or cannot be read.</exception>
    internal Task<(AuditCheckpoint Point, SignedStatement Signed)?> MakeAsync(Guid organization, CancellationToken cancellation) =>
        MakeAsync(organization, onlyWhenDue: false, cancellation);

    /// <summary>Makes one when the last is an hour old and something has happened since; thins those of long ago.</summary>
    /// <exception cref="Commands.OperatorException">A key that it takes is missing or cannot be read.</exception>
    internal async Task MakeHourlyAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await ThinAsync(database, cancellation);
        if (await IsDueAsync(database, cancellation))
            await MakeAsync(organization, onlyWhenDue: true, cancellation);
    }

    private async Task<(AuditCheckpoint Point, SignedStatement Signed)?> MakeAsync(Guid organization, bool onlyWhenDue, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var last = await database.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Seq).FirstOrDefaultAsync(cancellation);
        var walk = new AuditWalk(last?.Seq ?? 0, last?.Hash);
        // The long way without a lock; what was written meanwhile with it.
        if (!await FollowAsync(database, walk, cancellation) || walk.Count == 0)
            return null;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (!await FollowAsync(database, walk, cancellation) || (onlyWhenDue && !await IsDueAsync(database, cancellation)))
            return null;
        await audit.RecordAsync(database, new AuditEntry("system", Action, (walk.Count + 1).ToString(CultureInfo.InvariantCulture), AuditEntry.Done), cancellation);
        var end = await database.Set<AuditEvent>().AsNoTracking().SingleAsync(row => row.Seq == walk.Count + 1, cancellation);
        var signed = signer.Sign(organization, AuditCheckpoint.Statement(organization, end.Seq, end.Hash, end.Time));
        var point = new AuditCheckpoint
        {
            OrganizationId = organization,
            Seq = end.Seq,
            Hash = end.Hash,
            Time = end.Time,
            PublicKey = Convert.ToHexStringLower(signed.PublicKey),
            Certificate = Convert.ToHexStringLower(signed.Certificate),
            Signature = Convert.ToHexStringLower(signed.Signature),
        };
        database.Add(point);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        LogMade(organization, point.Seq, point.Hash, point.Signature);
        return (point, signed);
    }

    private async Task<bool> IsDueAsync(ServerDatabase database, CancellationToken cancellation)
    {
        var last = await database.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Seq).FirstOrDefaultAsync(cancellation);
        var signed = last?.Seq ?? 0;
        var next = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq > signed).OrderBy(row => row.Seq).FirstOrDefaultAsync(cancellation);
        return next is not null && clock.GetUtcNow() - (last?.Time ?? next.Time) >= CheckpointTimes.Period;
    }

    /// <summary>Of each day long ago the last one stays.</summary>
    private async Task ThinAsync(ServerDatabase database, CancellationToken cancellation)
    {
        var before = CheckpointTimes.ThinnedBefore(clock.GetUtcNow());
        var old = await database.Set<AuditCheckpoint>().AsNoTracking().Where(row => row.Time < before).Select(row => new { row.Seq, row.Time }).ToListAsync(cancellation);
        var thinned = old.GroupBy(row => CheckpointTimes.Day(row.Time)).SelectMany(day => day.OrderByDescending(row => row.Seq).Skip(1)).Select(row => row.Seq).ToList();
        if (thinned.Count > 0)
            await database.Set<AuditCheckpoint>().Where(row => row.Time < before && thinned.Contains(row.Seq)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Goes on to the event that was written last; false, and told in the log, where the chain does not lead there.</summary>
    private async Task<bool> FollowAsync(ServerDatabase database, AuditWalk walk, CancellationToken cancellation)
    {
        // In this order: what is written in between is beyond the end that is looked for.
        var end = await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        var (from, until) = (walk.Count, end?.Seq ?? 0);
        var kept = await database.Set<AuditCheckpoint>().Where(row => row.Seq > from).Select(row => row.Seq).ToListAsync(cancellation);
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq > from && row.Seq <= until)
            .OrderBy(row => row.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var problem = walk.Problem(line) ?? (line.Action == Action && !kept.Contains(line.Seq) ? $"the checkpoint that event {line.Seq} tells of was taken away." : null);
            if (problem is not null)
                return Broken(database.CurrentOrganizationId, problem);
            walk.Take(line);
        }

        return (walk.Count == until && (end is null || walk.Hash == end.Hash))
            || Broken(database.CurrentOrganizationId, $"it ends at event {walk.Count}, and event {until} was the last one written.");
    }

    private bool Broken(Guid organization, string problem)
    {
        LogBroken(organization, problem);
        return false;
    }

    [LoggerMessage(1, LogLevel.Information, "Audit checkpoint of organization {Organization}: event {Seq}, hash {Hash}, signature {Signature}")]
    private partial void LogMade(Guid organization, long seq, string hash, string signature);

    [LoggerMessage(2, LogLevel.Critical, "The audit log of organization {Organization} is BROKEN, and no checkpoint was signed: {Problem} Run `nabij-server verify-audit`.")]
    private partial void LogBroken(Guid organization, string problem);
}
