using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Backups;
using Nabij.Server.Downloads;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Terms;
using Nabij.Server.Web;

namespace Nabij.Server.SelfTest;

/// <summary>Whether one organization can help its customers as it promises to.</summary>
internal sealed class OrganizationChecks(
    DatabaseSource source, DataFolder folder, OrganizationDocuments documents, AuditChecks audits, Retention retention, TimeProvider clock)
{
    /// <summary>A backup that is older than this would lose more than most shops want to lose.</summary>
    private static readonly TimeSpan FreshBackup = TimeSpan.FromDays(7);

    /// <summary>The sweep runs every hour; what is older by more than this was not swept.</summary>
    private static readonly TimeSpan SweepMargin = TimeSpan.FromDays(2);

    internal async Task<IReadOnlyList<Finding>> FindAsync(Organization organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization.Id);
        return
        [
            organization.DemandsSecondFactor ? Finding.Good("second-factor.good") : Finding.Bad("second-factor.off"),
            await WrongCodesAsync(database, OrganizationTime.Of(organization), cancellation),
            await TermsAsync(database, cancellation),
            .. audits.FindMissingKey(organization) is { } missing ? [missing] : await ProgramsAsync(organization, cancellation),
            await RetentionAsync(database, RetentionTimes.Of(organization, retention).SessionMonths, cancellation),
            await BackupAsync(database, cancellation),
            await audits.FindAsync(organization, cancellation),
        ];
    }

    private async Task<Finding> WrongCodesAsync(ServerDatabase database, OrganizationTime time, CancellationToken cancellation)
    {
        if (await database.Set<WrongCodeStop>().AsNoTracking().SingleOrDefaultAsync(cancellation) is { } stop)
            return Finding.Bad("wrong-codes.stopped", time.Words(stop.At)) with { Opens = "people" };
        var now = clock.GetUtcNow();
        var names = await database.Set<Account>().Where(account => database.Set<WrongCodePause>().Any(row => row.TechnicianId == account.Id && (row.LockedAt != null || row.PausedUntil > now)))
            .OrderBy(account => account.DisplayName).Select(account => account.DisplayName).ToListAsync(cancellation);
        return names.Count == 0 ? Finding.Good("wrong-codes.good") : Finding.Notice("wrong-codes.held", string.Join(", ", names)) with { Opens = "people" };
    }

    private static async Task<Finding> TermsAsync(ServerDatabase database, CancellationToken cancellation)
    {
        var rows = await database.Set<TermsText>().AsNoTracking().Select(row => new { row.Version, row.Language, row.Kind }).ToListAsync(cancellation);
        if (rows.Count == 0)
            return Finding.Bad("terms.none");
        var version = rows.Select(row => row.Version).MaxBy(text => int.Parse(text, CultureInfo.InvariantCulture));
        var whole = rows.Where(row => row.Version == version).GroupBy(row => row.Language)
            .Where(group => group.Select(row => row.Kind).Distinct().Count() == 2).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var missing = Texts.All.Except(whole, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? Finding.Good("terms.good", version ?? "")
            : Finding.Notice("terms.missing", version ?? "", string.Join(", ", missing));
    }

    /// <summary>A program that lies in the folder and is not served has a block of another address or organization, or none.</summary>
    private async Task<IReadOnlyList<Finding>> ProgramsAsync(Organization organization, CancellationToken cancellation)
    {
        if (organization.Origin.Length == 0)
            return [Finding.Notice("programs.unknown")];
        var shelf = new DownloadShelf(folder, documents, new PublicOrigin(Origin.Parse(organization.Origin)), NullLogger<DownloadShelf>.Instance);
        var served = (await shelf.AvailableAsync(organization, cancellation)).Select(file => file.Platform).ToList();
        var findings = Platform.All.Except(served).Where(platform => Lies(organization, platform))
            .Select(platform => Finding.Bad("programs.foreign", platform.FileName, organization.Origin)).ToList();
        findings.Add(served.Count == 0
            ? Finding.Bad("programs.none")
            : Finding.Good("programs.good", string.Join(", ", served.Select(platform => platform.FileName))));
        return findings;
    }

    private bool Lies(Organization organization, Platform platform) =>
        File.Exists(Path.Combine(folder.DownloadsFolder, organization.Slug, platform.FileName)) || File.Exists(Path.Combine(folder.DownloadsFolder, platform.FileName));

    private async Task<Finding> RetentionAsync(ServerDatabase database, int months, CancellationToken cancellation)
    {
        var latest = clock.GetUtcNow().AddMonths(-months) - SweepMargin;
        return await database.Set<SupportSession>().AnyAsync(row => row.PairedAt < latest, cancellation)
            ? Finding.Bad("retention.late", months)
            : Finding.Good("retention.good", months);
    }

    private async Task<Finding> BackupAsync(ServerDatabase database, CancellationToken cancellation)
    {
        var last = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Action == BackupAudit.Made).OrderByDescending(row => row.Seq).FirstOrDefaultAsync(cancellation);
        if (last is null)
            return Finding.Notice("backup.never");
        var shown = last.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return clock.GetUtcNow() - last.Time > FreshBackup ? Finding.Notice("backup.old", shown) : Finding.Good("backup.good", shown);
    }
}
