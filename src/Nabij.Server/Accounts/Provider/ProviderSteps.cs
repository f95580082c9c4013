using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// Who comes back from the provider, and what that opens. It makes no accounts: people were made or invited here. Who was
/// linked is known by the provider's own id for ever; the verified address serves once, to link, and never for owners and
/// administrators, who connect their accounts themselves. Scoped to a request.
/// </summary>
internal sealed class ProviderSteps(ServerDatabase database, SignInFinish finish, SignInStanding standing, AuditLog audit, TimeProvider clock)
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    /// <exception cref="ProviderException">Not one of our people, as far as we know.</exception>
    internal async Task<SignInResult> SignInAsync(HttpContext context, Organization organization, IdentityProvider provider, ProviderPerson person)
    {
        CheckDomain(provider, person);
        var account = await FindLinkedAsync(provider, person, context.RequestAborted) ?? await LinkByAddressAsync(provider, person, context.RequestAborted);
        if (account.DisabledAt is not null)
            throw new ProviderException(ProviderRefusal.Unknown, "switched off");
        return provider.AsksSecondFactor
            ? await finish.AfterEverythingAsync(context, organization, account, SignInWay.Provider)
            : await finish.AfterFirstStepAsync(context, organization, account, SignInWay.Provider);
    }

    /// <summary>Somebody signed in here connects the own account. The sign-in must still stand.</summary>
    /// <exception cref="ProviderException">It is over, or somebody else has that account of the provider.</exception>
    internal async Task ConnectAsync(IdentityProvider provider, ProviderPerson person, ProviderJourney journey, CancellationToken cancellation)
    {
        CheckDomain(provider, person);
        var own = await CheckSignInAsync(journey, cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var linked = await FindLinkedAsync(provider, person, cancellation);
        if (linked is not null && linked.Id != own)
            throw new ProviderException(ProviderRefusal.Taken, "linked to another account");
        await UnlinkAsync(own, provider.Issuer, cancellation);
        await LinkAsync(provider, person, (journey.OrganizationId, own), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Somebody signed in here has just signed in anew at the provider, which counts like any other proof.</summary>
    /// <exception cref="ProviderException">It was somebody else, not now, or not both factors.</exception>
    internal async Task ConfirmAsync(HttpContext context, IdentityProvider provider, ProviderPerson person, ProviderJourney journey)
    {
        var own = await CheckSignInAsync(journey, context.RequestAborted);
        var account = await FindLinkedAsync(provider, person, context.RequestAborted);
        if (account?.Id != own || !provider.AsksSecondFactor)
            throw new ProviderException(ProviderRefusal.Taken, "another account");
        if (person.SignedInAt is not { } at || at < journey.BeganAt - TimeSpan.FromMinutes(1))
            throw new ProviderException(ProviderRefusal.Stale, "not signed in anew");
        await finish.ConfirmedAsync((account.Id, journey.SignIn), SignInFinish.Pair(context, account), SignInWay.Provider, context.RequestAborted);
    }

    /// <summary>The provider's name, where this person may confirm by it: linked, and it asks for a second factor itself.</summary>
    internal static async Task<string?> ConfirmingAsync(ServerDatabase database, Account account, CancellationToken cancellation) =>
        await database.Set<IdentityProvider>().AsNoTracking().Where(provider => provider.AsksSecondFactor).SingleOrDefaultAsync(cancellation) is { } found &&
        await database.Set<ProviderSubject>().AnyAsync(row => row.AccountId == account.Id && row.Issuer == found.Issuer, cancellation)
            ? found.Name : null;

    internal Task<int> UnlinkAsync(Guid account, string issuer, CancellationToken cancellation) =>
        database.Set<ProviderSubject>().Where(row => row.AccountId == account && row.Issuer == issuer).ExecuteDeleteAsync(cancellation);

    private async Task<Account?> FindLinkedAsync(IdentityProvider provider, ProviderPerson person, CancellationToken cancellation)
    {
        var link = await database.Set<ProviderSubject>().AsNoTracking().SingleOrDefaultAsync(row => row.Issuer == provider.Issuer && row.Subject == person.Subject, cancellation);
        return link is null ? null : await database.Set<Account>().SingleOrDefaultAsync(row => row.Id == link.AccountId, cancellation);
    }

    private async Task<Account> LinkByAddressAsync(IdentityProvider provider, ProviderPerson person, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var normalized = Normalizer.NormalizeEmail(person.Email);
        var account = person.Email.Length == 0 ? null : await database.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized && row.DisabledAt == null, cancellation);
        if (account is null || await database.Set<ProviderSubject>().AnyAsync(row => row.AccountId == account.Id && row.Issuer == provider.Issuer, cancellation))
            throw new ProviderException(ProviderRefusal.Unknown, person.Email.Length == 0 ? "no verified address" : "nobody, or linked to another account there");
        if (await database.Set<AccountRole>().AnyAsync(row => row.AccountId == account.Id && (row.Role == Role.Owner || row.Role == Role.Admin), cancellation))
            throw new ProviderException(ProviderRefusal.Connect, "owners and administrators connect themselves");
        if (!await People.PeopleRules.Joined(database).AnyAsync(row => row.Id == account.Id, cancellation) && !await UseInvitationAsync(account, cancellation))
            throw new ProviderException(ProviderRefusal.Unknown, "invited, and the invitation is over");
        await LinkAsync(provider, person, (account.OrganizationId, account.Id), cancellation);
        await transaction.CommitAsync(cancellation);
        return account;
    }

    /// <summary>An invited person joins by coming: the link is used up by it.</summary>
    private async Task<bool> UseInvitationAsync(Account account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await database.Set<AccountLink>().Where(row => row.AccountId == account.Id && row.Kind == AccountLink.Invitation && row.ExpiresAt > now).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "link.used", account.Id.ToString(), AuditEntry.Done, "invitation, by the provider"), cancellation);
        return true;
    }

    private async Task LinkAsync(IdentityProvider provider, ProviderPerson person, (Guid Organization, Guid Account) to, CancellationToken cancellation)
    {
        database.Add(new ProviderSubject { OrganizationId = to.Organization, Issuer = provider.Issuer, Subject = person.Subject, AccountId = to.Account, LinkedAt = clock.GetUtcNow() });
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(to.Account.ToString(), "provider.linked", to.Account.ToString(), AuditEntry.Done, provider.Issuer), cancellation);
    }

    /// <summary>Whose sign-in asked; it must still stand.</summary>
    private async Task<Guid> CheckSignInAsync(ProviderJourney journey, CancellationToken cancellation)
    {
        var rows = await database.Set<SignIn>().AsNoTracking().Where(row => row.ReferenceHash == journey.SignIn && row.AccountId == journey.AccountId).ToListAsync(cancellation);
        return (await standing.FilterAsync(database, rows, cancellation)).Count == 1
            ? rows[0].AccountId : throw new ProviderException(ProviderRefusal.Late, "the sign-in is over");
    }

    private static void CheckDomain(IdentityProvider provider, ProviderPerson person)
    {
        if (provider.Domain.Length > 0 && !person.Email.EndsWith($"@{provider.Domain}", StringComparison.OrdinalIgnoreCase))
            throw new ProviderException(ProviderRefusal.Unknown, "not of the domain");
    }
}
