using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The server's share of the limits on guessing (security.md 3.1): five wrong codes of one account in ten minutes
/// pause it, ten in a day lock it until an administrator acts; fifty of the whole organization in a day raise an
/// alarm. In the database, so that a restart forgets nothing.
/// The binding limit is the host's own: one guess for each secret.
/// </summary>
internal sealed partial class WrongCodes(DatabaseSource source, AuditLog audit, Limits limits, TimeProvider time, ILogger<WrongCodes> logger)
{
    private static readonly TimeSpan PauseWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LockWindow = TimeSpan.FromDays(1);

    /// <summary>Null when the technician may join; else the time to wait, or zero when only an administrator helps.</summary>
    internal async Task<TimeSpan?> FindPauseAsync(Guid organization, Guid technician, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var pause = await database.Set<WrongCodePause>().AsNoTracking().SingleOrDefaultAsync(row => row.TechnicianId == technician, cancellation);
        if (pause is { LockedAt: not null })
            return TimeSpan.Zero;
        var left = pause?.PausedUntil - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    /// <summary>Counts a wrong confirmation or an unknown nameplate, and pauses or locks when that was one too many.</summary>
    internal async Task CountAsync(Guid organization, Guid technician, int quarters, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var dayAgo = now - LockWindow;
        await database.Set<WrongCode>().Where(row => row.At <= dayAgo).ExecuteDeleteAsync(cancellation);
        database.Add(new WrongCode { OrganizationId = organization, Id = Guid.NewGuid(), TechnicianId = technician, At = now, Quarters = quarters });
        await database.SaveChangesAsync(cancellation);

        var day = await SumAsync(database, technician, dayAgo, cancellation);
        var recent = await SumAsync(database, technician, now - PauseWindow, cancellation);
        if (day >= limits.WrongCodesPerDay * WrongCode.WrongConfirmation)
            await PauseAsync(database, technician, "technician.locked", pause => pause.LockedAt ??= now, cancellation);
        else if (recent >= limits.WrongCodesPerTenMinutes * WrongCode.WrongConfirmation)
            await PauseAsync(database, technician, "technician.paused", pause => pause.PausedUntil = now + limits.WrongCodePause, cancellation);
        await AlarmAsync(database, quarters, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Lifts a pause or lock and forgets what led to it; false when there was none.</summary>
    internal async Task<bool> ReleaseAsync(Guid organization, Guid technician, string actor, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<WrongCodePause>().Where(row => row.TechnicianId == technician).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await database.Set<WrongCode>().Where(row => row.TechnicianId == technician).ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(actor, "technician.released", technician.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Once, when this count is the one that goes over.</summary>
    private async Task AlarmAsync(ServerDatabase database, int quarters, CancellationToken cancellation)
    {
        var total = await database.Set<WrongCode>().SumAsync(row => row.Quarters, cancellation);
        var alarm = limits.WrongCodeAlarm * WrongCode.WrongConfirmation;
        if (total < alarm || total - quarters >= alarm)
            return;
        LogAlarm(limits.WrongCodeAlarm);
        await audit.RecordAsync(database, new AuditEntry("system", "organization.wrong-codes", "", AuditEntry.Done, $"{limits.WrongCodeAlarm} in a day"), cancellation);
    }

    private static Task<int> SumAsync(ServerDatabase database, Guid technician, DateTimeOffset since, CancellationToken cancellation) =>
        database.Set<WrongCode>().Where(row => row.TechnicianId == technician && row.At > since).SumAsync(row => row.Quarters, cancellation);

    private async Task PauseAsync(ServerDatabase database, Guid technician, string action, Action<WrongCodePause> change, CancellationToken cancellation)
    {
        var pause = await database.Set<WrongCodePause>().SingleOrDefaultAsync(row => row.TechnicianId == technician, cancellation);
        if (pause is null)
            database.Add(pause = new WrongCodePause { OrganizationId = database.CurrentOrganizationId, TechnicianId = technician });
        change(pause);
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry("system", action, technician.ToString(), AuditEntry.Done), cancellation);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} wrong codes in one day: somebody may be guessing. The audit log names the accounts.")]
    private partial void LogAlarm(int count);
}
