using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Api;
using Nabij.Server.Audit;
using Nabij.Server.Callbacks;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.Records;

/// <summary>
/// People who work here, or did: their account with what hangs on it. Erasing is for accounts that are switched off. It takes
/// name and e-mail address wherever they stand and all ways to sign in; the number stays, so that records and the audit chain
/// point at somebody whom nobody can name any more.
/// </summary>
internal sealed class AccountTraces : PersonTable
{
    internal const string Erased = "[erased]", AccountKind = "account";

    /// <summary>Events of one person that a copy has, newest first.</summary>
    private const int MostEvents = 1000;

    internal override string Kind => AccountKind;

    internal override async Task<IReadOnlyList<PersonTrace>> FindAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, PersonTrace>();
        foreach (var word in query.Words)
        {
            var rows = await database.Set<Account>().AsNoTracking().Where(row => row.CreatedAt < days.Until)
                .WhereTextHolds(word, row => row.DisplayName, row => row.Email!)
                .OrderBy(row => row.CreatedAt).Take(MostTraces).ToListAsync(cancellation);
            foreach (var row in rows.Where(row => row.DisplayName != Erased))
                found[row.Id] = new PersonTrace(Kind, row.Id.ToString("N"), row.CreatedAt, Short($"{row.DisplayName} · {row.Email}"), row.DisabledAt is not null);
        }

        return [.. found.Values.OrderBy(trace => trace.At).Take(MostTraces)];
    }

    internal override async Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(
        ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var ids = Ids(keys);
        var read = new List<IReadOnlyList<KeyValuePair<string, string>>>();
        foreach (var account in await database.Set<Account>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.CreatedAt).ToListAsync(cancellation))
        {
            var roles = await database.Set<AccountRole>().AsNoTracking().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);
            read.Add(
            [
                Field("account", account.Id.ToString()), Field("name", account.DisplayName), Field("email", account.Email ?? ""), Field("roles", string.Join(' ', roles.Order(StringComparer.Ordinal))),
                Field("made", Time(account.CreatedAt)), Field("switched_off", Time(account.DisabledAt)), Field("hours", account.OwnHours ?? ""), Field("networks", account.OwnNetworks ?? ""),
            ]);
            read.AddRange(await WaysAsync(database, account.Id, cancellation));
            read.AddRange(await EventsAsync(database, account.Id, cancellation));
        }

        return read;
    }

    internal override async Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation)
    {
        var wanted = Ids(keys);
        var accounts = await database.Set<Account>().Where(row => wanted.Contains(row.Id) && row.DisabledAt != null).ToListAsync(cancellation);
        foreach (var account in accounts)
        {
            await EraseNameAsync(database, account, cancellation);
            // The address must be one of its own, and can be nobody's (RFC 2606).
            var nobody = $"{account.Id:N}@erased.invalid";
            (account.DisplayName, account.Email, account.NormalizedEmail) = (Erased, nobody, nobody.ToUpperInvariant());
            (account.UserName, account.NormalizedUserName) = (account.Email, account.NormalizedEmail);
            (account.PasswordHash, account.TotpSecret, account.TotpPending, account.OwnHours, account.OwnNetworks) = (null, null, null, null, null);
            await EraseAroundAsync(database, account.Id, cancellation);
        }

        await database.SaveChangesAsync(cancellation);
        return accounts.Count;
    }

    /// <summary>Where only the name stands, and no account beside it: a colleague of the same name loses it there as well.</summary>
    private static async Task EraseNameAsync(ServerDatabase database, Account account, CancellationToken cancellation)
    {
        var name = account.DisplayName;
        await database.Set<TermsPublication>().Where(row => row.PublishedBy == name).ExecuteUpdateAsync(set => set.SetProperty(row => row.PublishedBy, Erased), cancellation);
        await database.Set<TermsDraft>().Where(row => row.ChangedBy == name).ExecuteUpdateAsync(set => set.SetProperty(row => row.ChangedBy, Erased), cancellation);
    }

    private static async Task EraseAroundAsync(ServerDatabase database, Guid id, CancellationToken cancellation)
    {
        var word = id.ToString();
        await database.Set<SignIn>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellation);
        await database.Set<Passkey>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellation);
        await database.Set<ProviderSubject>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellation);
        await database.Set<RecoveryCode>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellation);
        await database.Set<AccountLink>().Where(row => row.AccountId == id).ExecuteDeleteAsync(cancellation);
        await database.Set<DeniedTechnician>().Where(row => row.TechnicianId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, Erased), cancellation);
        await database.Set<CallbackRequest>().Where(row => row.HandledBy == word).ExecuteUpdateAsync(set => set.SetProperty(row => row.HandledByName, Erased), cancellation);
        // Certificates carry the name.
        await database.Set<TechnicianKey>().Where(row => row.TechnicianId == id).ExecuteDeleteAsync(cancellation);
        var makers = (await database.Set<ApiToken>().Where(row => row.MadeBy == id).Select(row => row.Id).ToListAsync(cancellation)).Select(Actor.TokenWord).Append(word).ToList();
        await database.Set<CustomerInvitation>().Where(row => makers.Contains(row.MadeBy)).ExecuteUpdateAsync(set => set.SetProperty(row => row.MadeByName, Erased), cancellation);
    }

    private static async Task<IEnumerable<IReadOnlyList<KeyValuePair<string, string>>>> WaysAsync(ServerDatabase database, Guid id, CancellationToken cancellation)
    {
        var signIns = await database.Set<SignIn>().AsNoTracking().Where(row => row.AccountId == id).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        var passkeys = await database.Set<Passkey>().AsNoTracking().Where(row => row.AccountId == id).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        var subjects = await database.Set<ProviderSubject>().AsNoTracking().Where(row => row.AccountId == id).OrderBy(row => row.LinkedAt).ToListAsync(cancellation);
        var tokens = await database.Set<ApiToken>().AsNoTracking().Where(row => row.MadeBy == id).OrderBy(row => row.CreatedAt).ToListAsync(cancellation);
        return
        [
            .. signIns.Select(Fields<SignIn>(row => [Field("signed_in", Time(row.CreatedAt)), Field("seen", Time(row.SeenAt)), Field("by", row.Way), Field("address", row.Address), Field("device", row.Device)])),
            .. passkeys.Select(Fields<Passkey>(row => [Field("passkey", row.Name), Field("made", Time(row.CreatedAt)), Field("used", Time(row.UsedAt))])),
            .. subjects.Select(Fields<ProviderSubject>(row => [Field("identity_provider", row.Issuer), Field("subject", row.Subject), Field("linked", Time(row.LinkedAt))])),
            .. tokens.Select(Fields<ApiToken>(row => [Field("token", row.Name), Field("scopes", row.Scopes), Field("made", Time(row.CreatedAt)), Field("used", Time(row.UsedAt))])),
        ];
    }

    private static async Task<IEnumerable<IReadOnlyList<KeyValuePair<string, string>>>> EventsAsync(ServerDatabase database, Guid id, CancellationToken cancellation)
    {
        var word = id.ToString();
        var events = await database.Set<AuditEvent>().AsNoTracking().Where(row => row.Actor == word || row.Object == word).OrderByDescending(row => row.Seq).Take(MostEvents).ToListAsync(cancellation);
        return events.Select(Fields<AuditEvent>(row =>
            [Field("event", row.Seq.ToString(CultureInfo.InvariantCulture)), Field("time", Time(row.Time)), Field("action", row.Action), Field("details", row.Details)]));
    }

    private static Func<TRow, IReadOnlyList<KeyValuePair<string, string>>> Fields<TRow>(Func<TRow, IReadOnlyList<KeyValuePair<string, string>>> fields) => fields;
}
