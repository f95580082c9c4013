using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>
/// What owners and administrators do with other people's accounts: each act in one transaction with its line in the audit
/// chain, and sockets closed once it stands. The caller has checked who may change whom. Scoped to a request.
/// </summary>
internal sealed class PeopleActs(
    ServerDatabase database, AccountRegistration registration, AccountLinks links, SignInEnding signIns, AuditLog audit, TimeProvider clock)
{
    /// <summary>An account without a password, and the link by which its person sets one.</summary>
    internal async Task<(Account? Account, string Secret, IReadOnlyList<Problem> Problems)> InviteAsync(
        SignedIn who, (string Email, string Name, IReadOnlyList<string> Roles) person, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var (account, problems) = await registration.CreateAsync(person.Email, password: null, person.Name, person.Roles);
        if (account is null)
            return (null, "", problems);
        await RecordAsync(who, "account.invited", account, $"roles {string.Join(' ', person.Roles)}", cancellation);
        var secret = await links.MakeAsync(account, AccountLink.Invitation, who.AccountId.ToString(), cancellation);
        await transaction.CommitAsync(cancellation);
        return (account, secret, []);
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> ChangeAsync(SignedIn who, Account account, (string Name, IReadOnlyList<string> Roles) wanted, CancellationToken cancellation)
    {
        if (AccountRegistration.CheckName(wanted.Name) is { } problem)
            return problem;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var had = await RolesAsync(account, cancellation);
        if (had.Contains(Role.Owner) && !wanted.Roles.Contains(Role.Owner) && !await PeopleRules.HasAnotherOwnerAsync(database, account.Id, cancellation))
            return new Problem("problem.last-owner");

        account.DisplayName = wanted.Name;
        await database.Set<AccountRole>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation);
        database.AddRange(wanted.Roles.Select(role => new AccountRole { OrganizationId = account.OrganizationId, AccountId = account.Id, Role = role }));
        await database.SaveChangesAsync(cancellation);
        await RevokeLinksAsync(who, account, (had, wanted.Roles), cancellation);
        await RecordAsync(who, "account.changed", account, $"roles {string.Join(' ', had)} -> {string.Join(' ', wanted.Roles)}", cancellation);
        var open = had.Except(wanted.Roles).Any() ? await SignInsAsync(account, cancellation) : [];
        await transaction.CommitAsync(cancellation);
        signIns.Close(open);
        return null;
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> SwitchOffAsync(SignedIn who, Account account, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (account.Id == who.AccountId)
            return new Problem("problem.own-account");
        if ((await RolesAsync(account, cancellation)).Contains(Role.Owner) && !await PeopleRules.HasAnotherOwnerAsync(database, account.Id, cancellation))
            return new Problem("problem.last-owner");
        account.DisabledAt = clock.GetUtcNow();
        await database.SaveChangesAsync(cancellation);
        await links.RevokeAsync(account.Id, who.AccountId.ToString(), cancellation);
        await links.RevokeMadeByAsync(account.Id, who.AccountId.ToString(), cancellation);
        var ended = await SignInEnding.RemoveAsync(database, account.Id, except: null, cancellation);
        await RecordAsync(who, "account.switched-off", account, "", cancellation);
        await transaction.CommitAsync(cancellation);
        signIns.Close(ended);
        return null;
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> SwitchOnAsync(SignedIn who, Account account, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        // Customers' programs refuse who is on the deny list: only the operator takes somebody off it.
        if (await database.Set<DeniedTechnician>().AnyAsync(row => row.TechnicianId == account.Id, cancellation))
            return new Problem("problem.revoked");
        account.DisabledAt = null;
        await database.SaveChangesAsync(cancellation);
        await RecordAsync(who, "account.switched-on", account, "", cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>A new link in place of any other of this person. Gives its secret, which is shown once.</summary>
    internal async Task<string> MakeLinkAsync(SignedIn who, Account account, string kind, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var secret = await links.MakeAsync(account, kind, who.AccountId.ToString(), cancellation);
        await transaction.CommitAsync(cancellation);
        return secret;
    }

    internal async Task RevokeLinkAsync(SignedIn who, Account account, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await links.RevokeAsync(account.Id, who.AccountId.ToString(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <param name="who">Who does it.</param>
    /// <param name="account">Whose sign-ins end.</param>
    /// <param name="one">The one to end; null for all of them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task EndSignInsAsync(SignedIn who, Account account, string? one, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var all = await SignInsAsync(account, cancellation);
        List<string> ended = [.. all.Where(signIn => one is null || signIn == one)];
        await database.Set<SignIn>().Where(row => row.AccountId == account.Id && ended.Contains(row.ReferenceHash)).ExecuteDeleteAsync(cancellation);
        await RecordAsync(who, "sign-in.revoked", account, one is null ? "all" : "one", cancellation);
        await transaction.CommitAsync(cancellation);
        signIns.Close(ended);
    }

    /// <summary>A link made for little must not open much, and who no longer makes links must not hold any.</summary>
    private async Task RevokeLinksAsync(SignedIn who, Account account, (IReadOnlyList<string> Before, IReadOnlyList<string> After) roles, CancellationToken cancellation)
    {
        string[] heads = [Role.Owner, Role.Admin];
        if (roles.After.Except(roles.Before).Intersect(heads).Any())
            await links.RevokeAsync(account.Id, who.AccountId.ToString(), cancellation);
        if (roles.Before.Except(roles.After).Intersect(heads).Any())
            await links.RevokeMadeByAsync(account.Id, who.AccountId.ToString(), cancellation);
    }

    internal Task<List<string>> RolesAsync(Account account, CancellationToken cancellation) =>
        database.Set<AccountRole>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);

    private Task<List<string>> SignInsAsync(Account account, CancellationToken cancellation) =>
        database.Set<SignIn>().Where(row => row.AccountId == account.Id).Select(row => row.ReferenceHash).ToListAsync(cancellation);

    private Task RecordAsync(SignedIn who, string action, Account account, string details, CancellationToken cancellation) =>
        audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), action, account.Id.ToString(), AuditEntry.Done, details), cancellation);
}
