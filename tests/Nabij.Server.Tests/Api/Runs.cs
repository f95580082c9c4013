using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Api;

/// <summary>Records of runs, written straight into the database.</summary>
internal static class Runs
{
    internal static async Task AddAsync(ServerDatabase database, Guid technician, params (int Number, DateTimeOffset Paired, bool Started, int? Minutes)[] runs)
    {
        var cancel = TestContext.Current.CancellationToken;
        foreach (var (number, paired, started, minutes) in runs)
        {
            var hash = Reference.Hash($"consent {number}");
            database.Add(new Consent
            {
                OrganizationId = database.CurrentOrganizationId, RecordHash = hash, TermsId = "terms", TermsVersion = "1", Language = "nl", TermsHash = new string('a', 64),
                LicenceHash = new string('b', 64), Ticks = 3, Backup = "yes", AcceptedAt = paired, ReceivedAt = paired,
            });
            await database.SaveChangesAsync(cancel);
            database.Add(new SupportSession
            {
                OrganizationId = database.CurrentOrganizationId, Id = Id(number), TechnicianId = technician, Nameplate = "417", ConsentHash = hash,
                CustomerName = $"Customer {number}", Language = "nl", Platform = "linux-x64", Program = "nabij 0.1.0", LeaseHash = Reference.Hash($"lease {number}"), PairedAt = paired,
                StartedAt = started ? paired.AddSeconds(2) : null,
                EndedAt = minutes is { } length ? paired.AddSeconds(2).AddMinutes(length) : null,
                EndReason = minutes is null ? null : started ? "technician-ended" : "connection-lost",
            });
        }

        await database.SaveChangesAsync(cancel);
    }

    /// <summary>Somebody joined the session of this number: a run of its own.</summary>
    internal static async Task AddPartAsync(ServerDatabase database, (Guid Technician, int Number) who, (int Of, string Role) part)
    {
        var cancel = TestContext.Current.CancellationToken;
        var root = await database.Set<SupportSession>().AsNoTracking().SingleAsync(row => row.Id == Id(part.Of), cancel);
        database.Add(new SupportSession
        {
            OrganizationId = root.OrganizationId, Id = Id(who.Number), ParentId = root.Id, Role = part.Role, TechnicianId = who.Technician, Nameplate = "418", ConsentHash = root.ConsentHash,
            CustomerName = root.CustomerName, Language = "nl", Platform = "linux-x64", Program = "nabij 0.1.0", LeaseHash = root.LeaseHash, PairedAt = root.PairedAt,
            StartedAt = root.StartedAt, EndedAt = root.EndedAt, EndReason = root.EndReason,
        });
        await database.SaveChangesAsync(cancel);
    }

    internal static string Id(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
