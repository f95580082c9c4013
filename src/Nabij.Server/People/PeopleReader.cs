using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>Reads what the people pages show. Scoped to a request of the organization.</summary>
internal sealed class PeopleReader(ServerDatabase database, IOptions<SignInTimes> times, TimeProvider clock)
{
    internal async Task<IReadOnlyList<PersonLine>> ListAsync(Organization organization, IReadOnlyCollection<string> own, CancellationToken cancellation)
    {
        var accounts = await database.Set<Account>().AsNoTracking().OrderBy(row => row.DisplayName).ThenBy(row => row.Email).ToListAsync(cancellation);
        var roles = (await database.Set<AccountRole>().AsNoTracking().ToListAsync(cancellation)).ToLookup(row => row.AccountId, row => row.Role);
        var links = await LiveLinks().ToDictionaryAsync(row => row.AccountId, cancellation);
        var signedIn = (await Running().Select(row => row.AccountId).Distinct().ToListAsync(cancellation)).ToHashSet();
        var joined = (await PeopleRules.Joined(database).Select(row => row.Id).ToListAsync(cancellation)).ToHashSet();
        var held = await Held().ToDictionaryAsync(row => row.TechnicianId, cancellation);
        var time = OrganizationTime.Of(organization);
        return [.. accounts.Select(account => Held(Line((account, joined.Contains(account.Id)), [.. PeopleRules.AllRoles.Intersect(roles[account.Id])], links.GetValueOrDefault(account.Id), time), held.GetValueOrDefault(account.Id), time) with
        {
            IsSignedIn = signedIn.Contains(account.Id),
            MayChange = PeopleRules.MayChange(own, roles[account.Id]),
        })];
    }

    internal async Task<PersonView> OneAsync(Organization organization, (SignedIn Who, IReadOnlyCollection<string> Roles) own, Account account, CancellationToken cancellation)
    {
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);
        var link = await LiveLinks().SingleOrDefaultAsync(row => row.AccountId == account.Id, cancellation);
        var held = await Held().SingleOrDefaultAsync(row => row.TechnicianId == account.Id, cancellation);
        var time = OrganizationTime.Of(organization);
        return new PersonView
        {
            Line = Held(Line((account, await HasJoinedAsync(account, cancellation)), [.. PeopleRules.AllRoles.Intersect(roles)], link, time), held, time),
            IsOwn = account.Id == own.Who.AccountId,
            Givable = PeopleRules.Givable(own.Roles),
            Limits = LimitsForm.Of(account.OwnHours, account.OwnNetworks),
            HasSecondFactor = account.TwoFactorEnabled,
            PasswordsOff = organization.PasswordsOff,
            Passkeys = await database.Set<Passkey>().CountAsync(row => row.AccountId == account.Id && row.SuspectedAt == null, cancellation),
            SignIns = await SignInLine.ReadAsync(Running(), (account.Id, own.Who.SignInId), time, cancellation),
        };
    }

    internal Task<bool> HasJoinedAsync(Account account, CancellationToken cancellation) => PeopleRules.Joined(database).AnyAsync(row => row.Id == account.Id, cancellation);

    /// <summary>Since when nobody of the organization may join a customer, in its own time; null when everybody may.</summary>
    internal async Task<string?> StoppedSinceAsync(Organization organization, CancellationToken cancellation) =>
        await database.Set<WrongCodeStop>().AsNoTracking().SingleOrDefaultAsync(cancellation) is { } stop ? OrganizationTime.Of(organization).Words(stop.At) : null;

    /// <summary>Whom wrong codes keep out now.</summary>
    private IQueryable<WrongCodePause> Held()
    {
        var now = clock.GetUtcNow();
        return database.Set<WrongCodePause>().AsNoTracking().Where(row => row.LockedAt != null || row.PausedUntil > now);
    }

    private static PersonLine Held(PersonLine line, WrongCodePause? held, OrganizationTime time) => line with
    {
        LockedSince = held?.LockedAt is { } at ? time.Words(at) : null,
        PausedUntil = held is { LockedAt: null, PausedUntil: { } until } ? time.Words(until) : null,
    };

    private IQueryable<SignIn> Running() => times.Value.Running(database.Set<SignIn>(), clock.GetUtcNow());

    private IQueryable<AccountLink> LiveLinks()
    {
        var now = clock.GetUtcNow();
        return database.Set<AccountLink>().AsNoTracking().Where(row => row.ExpiresAt > now);
    }

    private static PersonLine Line((Account Account, bool HasJoined) of, IReadOnlyList<string> roles, AccountLink? link, OrganizationTime time) => new()
    {
        Id = of.Account.Id,
        Name = of.Account.DisplayName,
        Email = of.Account.Email ?? "",
        Roles = roles,
        IsOff = of.Account.DisabledAt is not null,
        HasJoined = of.HasJoined,
        LinkKind = link?.Kind,
        LinkUntil = link is null ? "" : time.Words(link.ExpiresAt),
    };
}
