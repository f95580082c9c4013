using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Audit;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;

namespace Nabij.Server.Tests.Records;

/// <summary>Puts sessions and consents straight into the tables, as the rendezvous would have left them.</summary>
internal static class RecordsStage
{
    internal static readonly DateTimeOffset Noon = new(2026, 11, 2, 11, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What no database of ours takes as text, and no message can carry: NUL, and halves of letters.</summary>
    internal static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);

    internal static async Task<string> AddConsentAsync(RunningServer server, DateTimeOffset? at = null, string version = "1")
    {
        var received = at ?? Noon;
        var record = new ConsentRecord
        {
            TermsId = "terms",
            TermsVersion = version,
            Language = "nl",
            TermsHash = new byte[32],
            LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
            Backup = BackupAnswer.Yes,
            Time = (ulong)received.ToUnixTimeSeconds(),
        };
        await using var database = await server.OpenDatabaseAsync();
        var hash = Convert.ToHexStringLower(record.Hash());
        database.Add(new Consent
        {
            OrganizationId = database.CurrentOrganizationId,
            RecordHash = hash,
            TermsId = record.TermsId,
            TermsVersion = version,
            Language = record.Language,
            TermsHash = Convert.ToHexStringLower(record.TermsHash.Span),
            LicenceHash = Convert.ToHexStringLower(record.LicenceHash.Span),
            Ticks = (int)record.Ticks,
            Backup = "yes",
            AcceptedAt = DateTimeOffset.FromUnixTimeSeconds((long)record.Time),
            ReceivedAt = received,
        });
        await database.SaveChangesAsync(Cancel);
        return hash;
    }

    internal static SupportSession Session(ServerDatabase database, (Guid Technician, string Consent) of, int number, DateTimeOffset at, (int Of, string Role)? part = null) => new()
    {
        ParentId = part is { Of: var root } ? $"{root:x32}" : null,
        Role = part?.Role ?? SupportSession.TechnicianRole,
        OrganizationId = database.CurrentOrganizationId,
        Id = $"{number:x32}",
        TechnicianId = of.Technician,
        Nameplate = $"{number % 800:000}",
        ConsentHash = of.Consent,
        CustomerName = $"Customer {number}",
        Language = "nl",
        Platform = "linux-x64",
        Program = "nabij 0.1.0",
        LeaseHash = new string('0', 64),
        PairedAt = at,
        StartedAt = at.AddSeconds(2),
        EndedAt = at.AddSeconds(2).AddMinutes(number),
        EndReason = "technician-ended",
        WaitedMs = 1000 * number,
    };

    /// <summary>So many sessions, one a minute from noon on, number n of n minutes; what is to be different comes by <paramref name="change"/>.</summary>
    internal static async Task<Guid> AddSessionsAsync(RunningServer server, int count, Action<int, SupportSession>? change = null, Guid? technician = null, int first = 1)
    {
        var owner = technician ?? await Staff.IdAsync(server, RunningServer.Email);
        var consent = await AddConsentAsync(server, Noon.AddHours(-first));
        await using var database = await server.OpenDatabaseAsync();
        foreach (var number in Enumerable.Range(first, count))
        {
            var session = Session(database, (owner, consent), number, Noon.AddMinutes(number));
            change?.Invoke(number, session);
            database.Add(session);
        }

        await database.SaveChangesAsync(Cancel);
        return owner;
    }

    /// <summary>One run of somebody who joined a session that is there already; number n is of n minutes.</summary>
    internal static async Task AddPartAsync(RunningServer server, (Guid Technician, int Number) who, (int Of, string Role) part)
    {
        await using var database = await server.OpenDatabaseAsync();
        var consent = (await database.Set<SupportSession>().SingleAsync(row => row.Id == $"{part.Of:x32}", Cancel)).ConsentHash;
        database.Add(Session(database, (who.Technician, consent), who.Number, Noon.AddMinutes(who.Number), part));
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Three weeks of a shop, for pages that are looked at; gives a session with a note, and its consent.</summary>
    internal static async Task<(string Session, string Consent)> FillAsync(RunningServer server, Guid technician)
    {
        string[] names = ["Mevrouw Jansen", "De heer El Amrani", "Fam. De Wit", "", "Bakkerij Van Dijk", "J. Jansen"];
        await AddSessionsAsync(server, 34, technician: technician, change: (number, session) =>
        {
            session.CustomerName = names[number % names.Length];
            if (number % 11 == 0)
                (session.StartedAt, session.Outcome) = (null, "wrong-code");
            session.EndedAt = session.PairedAt.AddMinutes(4 + (number * 7 % 38));
        });
        await using var database = await server.OpenDatabaseAsync();
        foreach (var session in await database.Set<SupportSession>().ToListAsync(Cancel))
        {
            var moved = TimeSpan.FromHours(Convert.ToInt32(session.Id, 16) * 14);
            await database.Set<SupportSession>().Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.PairedAt, session.PairedAt + moved).SetProperty(row => row.StartedAt, session.StartedAt + moved).SetProperty(row => row.EndedAt, session.EndedAt + moved), Cancel);
        }

        var shown = $"{6:x32}";
        database.Add(new SessionNote
        {
            OrganizationId = database.CurrentOrganizationId, SessionId = shown, TechnicianId = technician, Revision = 1, CreatedAt = Noon, ChangedAt = Noon,
            Text = "Printer was offline: driver installed again, test page fine.\nAdvised a backup disk.",
        });
        await database.SaveChangesAsync(Cancel);
        var log = server.Services.GetRequiredService<AuditLog>();
        await log.RecordAsync(database, new AuditEntry(technician.ToString(), "session.paired", shown, AuditEntry.Done, "nameplate 006"), Cancel);
        await log.RecordAsync(database, new AuditEntry(technician.ToString(), "session.ended", shown, AuditEntry.Done, "relay HostClosed, reason technician-ended"), Cancel);
        return (shown, await database.Set<Consent>().Select(row => row.RecordHash).FirstAsync(Cancel));
    }

    internal static async Task WriteEventsAsync(RunningServer server, params string[] details)
    {
        var log = server.Services.GetRequiredService<AuditLog>();
        await using var database = await server.OpenDatabaseAsync();
        for (var i = 0; i < details.Length; i++)
            await log.RecordAsync(database, new AuditEntry("test", "session.tested", $"{i}", AuditEntry.Done, details[i]), Cancel);
    }

    internal static async Task<string?> ProblemAsync(RunningServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return (await server.Services.GetRequiredService<AuditVerification>().VerifyAsync(database.CurrentOrganizationId, Cancel)).Problem;
    }

    internal static async Task<HttpResponseMessage> ExportAsync(this Visitor visitor, string page, string action, params (string Name, string Value)[] fields) =>
        await visitor.SubmitAsync(page, action, fields);
}
