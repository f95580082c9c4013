using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>Reads what the people pages show. Scoped to a request of the organization.</summary>
internal sealed class PeopleReader(ServerDatabase database, TimeProvider clock)
{
    internal async Task<IReadOnlyList<PersonLine>> ListAsync(Organization organization, IReadOnlyCollection<string> own, CancellationToken cancellation)
    {
        var accounts = await database.Set<Account>().AsNoTracking().OrderBy(row => row.DisplayName).ThenBy(row => row.Email).ToListAsync(cancellation);
        var roles = (await database.Set<AccountRole>().AsNoTracking().ToListAsync(cancellation)).ToLookup(row => row.AccountId, row => row.Role);
        var links = await LiveLinks().ToDictionaryAsync(row => row.AccountId, cancellation);
        var signedIn = (await database.Set<SignIn>().Where(row => row.Stage == SignIn.Complete).Select(row => row.AccountId).Distinct().ToListAsync(cancellation)).ToHashSet();
        var time = OrganizationTime.Of(organization);
        return [.. accounts.Select(account => Line(account, [.. PeopleRules.AllRoles.Intersect(roles[account.Id])], links.GetValueOrDefault(account.Id), time) with
        {
            IsSignedIn = signedIn.Contains(account.Id),
            MayChange = PeopleRules.MayChange(own, roles[account.Id]),
        })];
    }

    internal async Task<PersonView> OneAsync(Organization organization, (SignedIn Who, IReadOnlyCollection<string> Roles) own, Account account, CancellationToken cancellation)
    {
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);
        var link = await LiveLinks().SingleOrDefaultAsync(row => row.AccountId == account.Id, cancellation);
        var time = OrganizationTime.Of(organization);
        return new PersonView
        {
            Line = Line(account, [.. PeopleRules.AllRoles.Intersect(roles)], link, time),
            IsOwn = account.Id == own.Who.AccountId,
            Givable = PeopleRules.Givable(own.Roles),
            Limits = LimitsForm.Of(account.OwnHours, account.OwnNetworks),
            HasSecondFactor = account.TwoFactorEnabled,
            SignIns = await SignInLine.ReadAsync(database, (account.Id, own.Who.SignInId), time, cancellation),
        };
    }

    private IQueryable<AccountLink> LiveLinks()
    {
        var now = clock.GetUtcNow();
        return database.Set<AccountLink>().AsNoTracking().Where(row => row.ExpiresAt > now);
    }

    private static PersonLine Line(Account account, IReadOnlyList<string> roles, AccountLink? link, OrganizationTime time) => new()
    {
        Id = account.Id,
        Name = account.DisplayName,
        Email = account.Email ?? "",
        Roles = roles,
        IsOff = account.DisabledAt is not null,
        HasJoined = account.PasswordHash is not null,
        LinkKind = link?.Kind,
        LinkUntil = link is null ? "" : time.Words(link.ExpiresAt),
    };
}
