// Deletes what has been kept long enough: once after the start, then once a day. What people may ask about later goes with a
// proof in the audit chain (RetentionProof), organization by organization; what only guards the doors (sign-ins, failures,
// addresses) goes by plain SQL over column names. The day's checkpoint of each chain comes behind it.

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Audit;
using Nabij.Server.Callbacks;
using Nabij.Server.HelpPage;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Storage;

internal sealed partial class RetentionSweep(
    DatabaseSource source, RetentionProof proof, AuditCheckpoints checkpoints, OrganizationDirectory organizations, IOptions<Retention> retention, TimeProvider clock,
    ILogger<RetentionSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);

    /// <summary>No sign-in lives longer, and no failure counts longer.</summary>
    internal static readonly TimeSpan SignInsKept = TimeSpan.FromHours(24);

    internal async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var count = await SweepDoorsAsync(cancellation);
        foreach (var organization in await organizations.AllAsync(cancellation))
        {
            count += await SweepAsync(organization, cancellation);
            await checkpoints.MakeDailyAsync(organization.Id, cancellation);
        }

        return count;
    }

    private async Task<int> SweepAsync(Organization organization, CancellationToken cancellation)
    {
        var (now, kept) = (clock.GetUtcNow(), RetentionTimes.Of(organization, retention.Value));
        var (acceptances, sessions, callbacks) = (now.AddMonths(-kept.AcceptanceMonths), now.AddMonths(-kept.SessionMonths), now.AddDays(-kept.CallbackDays));
        return await proof.DeleteAsync(
                organization.Id, "acceptance", database => database.Set<Acceptance>().Where(row => row.AcceptedAt < acceptances),
                rows => rows.OrderBy(row => row.AcceptedAt).ThenBy(row => row.Id).Select(row => new RetentionProof.Line(row.Id.ToString(), row.AcceptedAt)), cancellation)
            + await proof.DeleteAsync(
                organization.Id, "session", database => database.Set<SupportSession>().Where(row => row.PairedAt < sessions),
                rows => rows.OrderBy(row => row.PairedAt).ThenBy(row => row.Id).Select(row => new RetentionProof.Line(row.Id, row.PairedAt)), cancellation)
            + await proof.DeleteAsync(
                organization.Id, "consent",
                database => database.Set<Consent>().Where(row => row.ReceivedAt < acceptances && !database.Set<SupportSession>().Any(session => session.ConsentHash == row.RecordHash)),
                rows => rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.RecordHash).Select(row => new RetentionProof.Line(row.RecordHash, row.ReceivedAt)), cancellation)
            + await proof.DeleteAsync(
                organization.Id, "callback", database => database.Set<CallbackRequest>().Where(row => row.AskedAt < callbacks),
                rows => rows.OrderBy(row => row.AskedAt).ThenBy(row => row.Id).Select(row => new RetentionProof.Line(row.Id.ToString(), row.AskedAt)), cancellation)
            + await proof.DeleteAsync(
                organization.Id, "invitation", database => database.Set<CustomerInvitation>().Where(row => row.ExpiresAt < callbacks),
                rows => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => new RetentionProof.Line(row.Id.ToString(), row.CreatedAt)), cancellation);
    }

    private async Task<int> SweepDoorsAsync(CancellationToken cancellation)
    {
        var signIns = (clock.GetUtcNow() - SignInsKept).ToUnixTimeMilliseconds();
        await using var database = source.OpenForEvery();
        return await database.Database.ExecuteSqlAsync($"update session set technician_address = null where technician_address is not null and paired_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from wrong_code where at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in where created_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from passkey_ceremony where expires_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in_failure where failed_at < {signIns}", cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
                await TrySweepAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellation)
    {
        try
        {
            LogSwept(logger, await SweepAsync(cancellation));
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogPutOff(logger, problem.ForOperator);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Count} rows were kept long enough and are deleted")]
    private static partial void LogSwept(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Old rows could not be deleted today: {Explanation}")]
    private static partial void LogPutOff(ILogger logger, string explanation);
}
