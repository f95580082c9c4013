using Microsoft.EntityFrameworkCore;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Signs the end of a chain, once a day and at each export: what came before cannot be cut off or written anew by who has not
/// the records key. Signs only a chain that is whole since the last checkpoint, and says so in the log, which may go to
/// another machine. Never inside a transaction of the caller. Thread-safe.
/// </summary>
internal sealed partial class AuditCheckpoints(StatementSigner signer, DatabaseSource source, TimeProvider clock, ILogger<AuditCheckpoints> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);

    /// <summary>The checkpoint of the newest event, and what makes it verifiable by itself; null for a chain that is broken or empty.</summary>
    internal async Task<(AuditCheckpoint Point, SignedStatement Signed)?> MakeAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        if (await LastAsync(database, cancellation) is not { } end || await BrokenAsync(organization, end, cancellation))
            return null;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var signed = signer.Sign(organization, AuditCheckpoint.Statement(organization, end.Seq, end.Hash, time));
        var point = new AuditCheckpoint
        {
            OrganizationId = organization,
            Seq = end.Seq,
            Hash = end.Hash,
            Time = time,
            PublicKey = Convert.ToHexStringLower(signed.PublicKey),
            Certificate = Convert.ToHexStringLower(signed.Certificate),
            Signature = Convert.ToHexStringLower(signed.Signature),
        };
        if (!await database.Set<AuditCheckpoint>().AnyAsync(row => row.Seq == point.Seq && row.Time == point.Time, cancellation))
        {
            database.Add(point);
            await database.SaveChangesAsync(cancellation);
            LogMade(organization, point.Seq, point.Hash, point.Signature);
        }

        return (point, signed);
    }

    /// <summary>Makes one when the last is a day old and something has happened since.</summary>
    internal async Task MakeDailyAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var last = await database.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(row => row.Time).FirstOrDefaultAsync(cancellation);
        var next = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq > (last == null ? 0 : last.Seq)).OrderBy(row => row.Seq).FirstOrDefaultAsync(cancellation);
        if (next is not null && clock.GetUtcNow() - (last?.Time ?? next.Time) >= Period)
            await MakeAsync(organization, cancellation);
    }

    private static async Task<(long Seq, string Hash)?> LastAsync(ServerDatabase database, CancellationToken cancellation) =>
        await database.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation) is { Seq: > 0 } head ? (head.Seq, head.Hash) : null;

    private async Task<bool> BrokenAsync(Guid organization, (long Seq, string Hash) end, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var last = await database.Set<AuditCheckpoint>().AsNoTracking().Where(row => row.Seq <= end.Seq).OrderByDescending(row => row.Seq).FirstOrDefaultAsync(cancellation);
        var walk = new AuditWalk(last?.Seq ?? 0, last?.Hash);
        var (from, until) = (walk.Count, end.Seq);
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq > from && row.Seq <= until)
            .OrderBy(row => row.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (walk.Problem(line) is { } problem)
            {
                LogBroken(organization, problem);
                return true;
            }

            walk.Take(line);
        }

        if (walk.Count == end.Seq && walk.Hash == end.Hash)
            return false;
        LogBroken(organization, $"it ends at event {walk.Count}, and event {end.Seq} was the last one written.");
        return true;
    }

    [LoggerMessage(1, LogLevel.Information, "Audit checkpoint of organization {Organization}: event {Seq}, hash {Hash}, signature {Signature}")]
    private partial void LogMade(Guid organization, long seq, string hash, string signature);

    [LoggerMessage(2, LogLevel.Critical, "The audit log of organization {Organization} is BROKEN, and no checkpoint was signed: {Problem} Run `nabij-server verify-audit`.")]
    private partial void LogBroken(Guid organization, string problem);
}
