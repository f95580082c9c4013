// Deletes what has been kept long enough: once after the start, then every hour. What people may ask about later goes with a
// proof in the audit chain (RetentionProof), organization by organization; what only guards the doors (sign-ins, failures,
// addresses) and answers kept for other programs go by plain SQL over column names. The hour's checkpoint of each chain comes
// behind it. What fails for one organization is told in the log, tried again in an hour, and keeps nothing else from being done.

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Api;
using Nabij.Server.Audit;
using Nabij.Server.Callbacks;
using Nabij.Server.Commands;
using Nabij.Server.HelpPage;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Storage;

internal sealed partial class RetentionSweep(
    DatabaseSource source, RetentionProof proof, AuditCheckpoints checkpoints, OrganizationDirectory organizations, IOptions<Retention> retention, TimeProvider clock,
    ILogger<RetentionSweep> logger) : BackgroundService
{
    /// <summary>So much longer than its time may be kept what is swept.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>No sign-in lives longer, and no failure counts longer.</summary>
    internal static readonly TimeSpan SignInsKept = TimeSpan.FromHours(24);

    internal async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var count = 0;
        await TryAsync("the server", async () => count += await SweepDoorsAsync(cancellation), cancellation);
        await TryAsync("the server", async () =>
        {
            foreach (var organization in await organizations.AllAsync(cancellation))
            {
                await TryAsync(organization.Slug, async () => count += await SweepAsync(organization, cancellation), cancellation);
                await TryAsync(organization.Slug, () => checkpoints.MakeHourlyAsync(organization.Id, cancellation), cancellation);
            }
        }, cancellation);
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
        var now = clock.GetUtcNow();
        var (signIns, answers, ended) = ((now - SignInsKept).ToUnixTimeMilliseconds(), (now - OnceOnly.Kept).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        await using var database = source.OpenForEvery();
        return await database.Database.ExecuteSqlAsync($"update session set technician_address = null where technician_address is not null and paired_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from wrong_code where at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in where created_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from passkey_ceremony where expires_at < {ended}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from wrong_code_pause where locked_at is null and paused_until < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from kept_answer where made_at <= {answers}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from provider_journey where began_at < {signIns}", cancellation)
            + await database.Database.ExecuteSqlAsync($"delete from sign_in_failure where failed_at < {signIns}", cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
                LogSwept(await SweepAsync(stoppingToken));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>A sweep that stopped the server would leave customers without help for rows that may wait an hour.</summary>
    private async Task TryAsync(string of, Func<Task> act, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogPutOff(of, problem.ForOperator);
        }
        catch (OperatorException exception)
        {
            LogUnsigned(of, exception.Message);
        }
#pragma warning disable CA1031 // Whatever it is: it is told, and the next round tries again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception, of);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Count} rows were kept long enough and are deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(2, LogLevel.Warning, "Old rows could not be deleted now, of {Of}: {Explanation}")]
    private partial void LogPutOff(string of, string explanation);

    [LoggerMessage(3, LogLevel.Error, "There is no checkpoint of the audit log of {Of}: {Explanation}")]
    private partial void LogUnsigned(string of, string explanation);

    [LoggerMessage(4, LogLevel.Error, "Old rows could not be deleted now, of {Of}")]
    private partial void LogFailed(Exception exception, string of);
}
