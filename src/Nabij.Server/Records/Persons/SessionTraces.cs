using Microsoft.EntityFrameworkCore;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// Customers in the history of sessions, by the name they typed, or by number and day. Erasing takes the name; that there was
/// a session, when, and with which consent stays, without anything that names somebody.
/// </summary>
internal sealed class SessionTraces : PersonTable
{
    internal override string Kind => "session";

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var (from, until) = (days.From.ToUnixTimeMilliseconds(), days.Until.ToUnixTimeMilliseconds());
        var lines = database.Set<SessionLine>().AsNoTracking().Where(row => row.PairedAt >= from && row.PairedAt < until);
        if (query.Name.Length > 0 && query.Nameplate.Length > 0)
            lines = TextSearch.Named(lines, query.Name).Where(row => row.Nameplate == query.Nameplate);
        else if (query.Name.Length > 0)
            lines = TextSearch.Named(lines, query.Name);
        else if (query.Nameplate.Length > 0)
            lines = lines.Where(row => row.Nameplate == query.Nameplate);
        else
            return [];
        var found = await lines.OrderByDescending(row => row.PairedAt).ThenBy(row => row.Id).Take(MostTraces).ToListAsync(cancellation);
        return [.. found.Select(row => new PersonTrace(Kind, row.Id, row.Paired, $"{row.CustomerName} · {row.Nameplate} · {row.Platform}"))];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var rows = await database.Set<SupportSession>().AsNoTracking().Where(row => keys.Contains(row.Id)).OrderBy(row => row.PairedAt).ToListAsync(cancellation);
        var hashes = rows.Select(row => row.ConsentHash).ToList();
        var consents = await database.Set<Consent>().AsNoTracking().Where(row => hashes.Contains(row.RecordHash)).ToDictionaryAsync(row => row.RecordHash, cancellation);
        return [.. rows.Select(row => (IReadOnlyList<KeyValuePair<string, string>>)[.. OfSession(row), .. consents.TryGetValue(row.ConsentHash, out var consent) ? OfConsent(consent) : []])];
    }

    internal override Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation) =>
        database.Set<SupportSession>().Where(row => keys.Contains(row.Id) && row.ErasedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CustomerName, "").SetProperty(row => row.ErasedAt, (DateTimeOffset?)now), cancellation);

    private static IEnumerable<KeyValuePair<string, string>> OfSession(SupportSession row) =>
    [
        Field("session", row.Id), Field("name", row.CustomerName), Field("number", row.Nameplate), Field("language", row.Language), Field("platform", row.Platform),
        Field("program", row.Program), Field("paired", Time(row.PairedAt)), Field("started", Time(row.StartedAt)), Field("ended", Time(row.EndedAt)),
        Field("end_reason", row.EndReason ?? row.Outcome ?? ""),
    ];

    private static IEnumerable<KeyValuePair<string, string>> OfConsent(Consent row) =>
    [
        Field("consent", row.RecordHash), Field("terms", $"{row.TermsId} {row.TermsVersion} {row.Language}"), Field("terms_sha256", row.TermsHash),
        Field("licence_sha256", row.LicenceHash), Field("backup", row.Backup), Field("accepted", Time(row.AcceptedAt)),
    ];
}
