using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Storage;
using Nabij.Server.Telemetry;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The server's share of the limits on guessing (security.md 3.1): five wrong codes of one account in ten minutes pause
/// it, ten in a day lock it until an administrator acts; twenty from one address in a day keep that address out until
/// fewer are left; fifty of the organization in a day raise an alarm, two hundred stop its joins until an administrator
/// acts. In the database, so that a restart forgets nothing. The binding limit is the host's own: one guess per secret.
/// </summary>
internal sealed partial class WrongCodes(DatabaseSource source, AuditLog audit, ServerMeters meters, Limits limits, TimeProvider time, ILogger<WrongCodes> logger)
{
    private static readonly TimeSpan PauseWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Null when the technician may join from this address; else what keeps him out, the longest first.</summary>
    internal async Task<JoinPause?> FindPauseAsync(Guid organization, Guid technician, string address, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        if (await database.Set<WrongCodeStop>().AnyAsync(cancellation))
            return new JoinPause(JoinPauseScope.Organization, TimeSpan.Zero);
        var pause = await database.Set<WrongCodePause>().AsNoTracking().SingleOrDefaultAsync(row => row.TechnicianId == technician, cancellation);
        if (pause is { LockedAt: not null })
            return new JoinPause(JoinPauseScope.Technician, TimeSpan.Zero);
        if (await FindAddressPauseAsync(database, address, cancellation) is { } wait)
            return new JoinPause(JoinPauseScope.Address, wait);
        return pause?.PausedUntil - time.GetUtcNow() is { Ticks: > 0 } left ? new JoinPause(JoinPauseScope.Technician, left) : null;
    }

    /// <summary>Counts a wrong confirmation or an unknown nameplate, and pauses, locks or stops when that was one too many.</summary>
    internal async Task CountAsync(Guid organization, (Guid Technician, string Address) who, int quarters, CancellationToken cancellation)
    {
        meters.WrongCode();
        var now = time.GetUtcNow();
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var dayAgo = now - Day;
        await database.Set<WrongCode>().Where(row => row.At <= dayAgo).ExecuteDeleteAsync(cancellation);
        database.Add(new WrongCode { OrganizationId = organization, Id = Guid.NewGuid(), TechnicianId = who.Technician, Address = who.Address, At = now, Quarters = quarters });
        await database.SaveChangesAsync(cancellation);

        var day = await SumAsync(database, who.Technician, dayAgo, cancellation);
        var recent = await SumAsync(database, who.Technician, now - PauseWindow, cancellation);
        if (day >= limits.WrongCodesPerDay * WrongCode.WrongConfirmation)
            await PauseAsync(database, who.Technician, "technician.locked", pause => pause.LockedAt ??= now, cancellation);
        else if (recent >= limits.WrongCodesPerTenMinutes * WrongCode.WrongConfirmation)
            await PauseAsync(database, who.Technician, "technician.paused", pause => pause.PausedUntil = now + limits.WrongCodePause, cancellation);
        await TellOfAddressAsync(database, who, quarters, cancellation);
        await AlarmAsync(database, quarters, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Lifts a pause or lock of one technician and forgets what led to it; false when there was nothing.</summary>
    internal async Task<bool> ReleaseAsync(Guid organization, Guid technician, string actor, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var lifted = await database.Set<WrongCodePause>().Where(row => row.TechnicianId == technician).ExecuteDeleteAsync(cancellation)
            + await database.Set<WrongCode>().Where(row => row.TechnicianId == technician).ExecuteDeleteAsync(cancellation);
        if (lifted == 0)
            return false;
        await audit.RecordAsync(database, new AuditEntry(actor, "technician.released", technician.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Lets the organization join again and forgets its wrong codes; technicians who are locked stay so. False when it was not stopped.</summary>
    internal async Task<bool> ReleaseAsync(Guid organization, string actor, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<WrongCodeStop>().ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await database.Set<WrongCode>().ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(actor, "organization.released", "", AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Until so many of the address's wrong codes are a day old that the rest is below the limit. Counts all organizations.</summary>
    private async Task<TimeSpan?> FindAddressPauseAsync(ServerDatabase database, string address, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var dayAgo = now - Day;
        var newestFirst = await database.Set<WrongCode>().OfEveryOrganization().AsNoTracking().Where(row => row.Address == address && row.At > dayAgo)
            .OrderByDescending(row => row.At).Take(limits.WrongCodesPerAddress * WrongCode.WrongConfirmation).ToListAsync(cancellation);
        var sum = 0;
        var decisive = newestFirst.Find(row => (sum += row.Quarters) >= limits.WrongCodesPerAddress * WrongCode.WrongConfirmation);
        return decisive?.At + Day - now;
    }

    /// <summary>Once, when this count is the one that goes over. The address itself is not for the audit log, which is kept long.</summary>
    private async Task TellOfAddressAsync(ServerDatabase database, (Guid Technician, string Address) who, int quarters, CancellationToken cancellation)
    {
        var dayAgo = time.GetUtcNow() - Day;
        var total = await database.Set<WrongCode>().OfEveryOrganization().Where(row => row.Address == who.Address && row.At > dayAgo).SumAsync(row => row.Quarters, cancellation);
        if (who.Address.Length > 0 && GoesOver(limits.WrongCodesPerAddress, total, quarters))
            await audit.RecordAsync(database, new AuditEntry("system", "address.paused", who.Technician.ToString(), AuditEntry.Done, $"{limits.WrongCodesPerAddress} in a day"), cancellation);
    }

    private async Task AlarmAsync(ServerDatabase database, int quarters, CancellationToken cancellation)
    {
        var total = await database.Set<WrongCode>().SumAsync(row => row.Quarters, cancellation);
        if (GoesOver(limits.WrongCodeAlarm, total, quarters))
        {
            LogAlarm(limits.WrongCodeAlarm);
            await audit.RecordAsync(database, new AuditEntry("system", "organization.wrong-codes", "", AuditEntry.Done, $"{limits.WrongCodeAlarm} in a day"), cancellation);
        }
        if (total < limits.WrongCodeStop * WrongCode.WrongConfirmation || await database.Set<WrongCodeStop>().AnyAsync(cancellation))
            return;
        LogStop(limits.WrongCodeStop);
        database.Add(new WrongCodeStop { OrganizationId = database.CurrentOrganizationId, At = time.GetUtcNow() });
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry("system", "organization.stopped", "", AuditEntry.Done, $"{limits.WrongCodeStop} in a day"), cancellation);
    }

    private static bool GoesOver(int limit, int total, int quarters) =>
        total >= limit * WrongCode.WrongConfirmation && total - quarters < limit * WrongCode.WrongConfirmation;

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

    [LoggerMessage(2, LogLevel.Error, "{Count} wrong codes in one day: nobody of the organization joins until an administrator releases it. The audit log names the accounts.")]
    private partial void LogStop(int count);
}
