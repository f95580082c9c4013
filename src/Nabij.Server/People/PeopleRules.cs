using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>
/// Who may change whom (security.md 5.1): owners everybody, administrators everybody but owners and administrators, nobody
/// so that the organization is left without an owner who can sign in.
/// </summary>
internal static class PeopleRules
{
    internal static readonly IReadOnlyList<string> AllRoles = [Role.Owner, Role.Admin, Role.Technician, Role.Auditor, Role.Reports];

    private static readonly string[] OwnersOnly = [Role.Owner, Role.Admin];

    /// <summary>The roles that this person may give and take.</summary>
    internal static IReadOnlyList<string> Givable(IReadOnlyCollection<string> own) =>
        own.Contains(Role.Owner) ? AllRoles : [.. AllRoles.Except(OwnersOnly)];

    internal static bool MayChange(IReadOnlyCollection<string> own, IEnumerable<string> theirs) =>
        own.Contains(Role.Owner) || (own.Contains(Role.Admin) && !theirs.Intersect(OwnersOnly).Any());

    /// <summary>Whether an owner other than this one could sign in now. Ask inside the transaction that takes the right away.</summary>
    internal static Task<bool> HasAnotherOwnerAsync(ServerDatabase database, Guid account, CancellationToken cancellation) =>
        WithOwnWayIn(database).AnyAsync(
            row => row.Id != account && database.Set<AccountRole>().Any(role => role.AccountId == row.Id && role.Role == Role.Owner), cancellation);

    /// <summary>
    /// Who is not switched off and can sign in by something that this server checks itself: a passkey, or a password where
    /// passwords count. The identity provider is not among it: when it fails, somebody must still get in.
    /// </summary>
    internal static IQueryable<Account> WithOwnWayIn(ServerDatabase database) => database.Set<Account>().Where(
        row => row.DisabledAt == null &&
            ((row.PasswordHash != null && !database.Set<Organization>().Any(one => one.Id == row.OrganizationId && one.PasswordsOff)) ||
            database.Set<Passkey>().Any(key => key.AccountId == row.Id && key.SuspectedAt == null)));

    /// <summary>Who has ever set a password or a passkey, or come by the provider.</summary>
    internal static IQueryable<Account> Joined(ServerDatabase database) => database.Set<Account>().Where(
        row => row.PasswordHash != null || database.Set<Passkey>().Any(key => key.AccountId == row.Id) || database.Set<ProviderSubject>().Any(subject => subject.AccountId == row.Id));
}
