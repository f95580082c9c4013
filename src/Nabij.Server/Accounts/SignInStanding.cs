using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Which of some sign-ins still stand: complete, not over by age or idleness, of a person who is not switched off and may work now and from there.</summary>
internal sealed class SignInStanding(IOptions<SignInTimes> times, TimeProvider clock)
{
    /// <param name="database">A unit of work that may be of no organization.</param>
    /// <param name="rows">Sign-ins of any organization.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<IReadOnlyList<string>> FilterAsync(ServerDatabase database, IReadOnlyList<SignIn> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.AccountId).Distinct().ToList();
        var accounts = await database.Set<Account>().OfEveryOrganization().AsNoTracking()
            .Where(account => ids.Contains(account.Id) && account.DisabledAt == null).ToDictionaryAsync(account => (account.OrganizationId, account.Id), cancellation);
        var shops = rows.Select(row => row.OrganizationId).Distinct().ToList();
        var organizations = await database.Set<Organization>().AsNoTracking().Where(one => shops.Contains(one.Id)).ToDictionaryAsync(one => one.Id, cancellation);
        return [.. rows
            .Where(row => accounts.TryGetValue((row.OrganizationId, row.AccountId), out var account) && Stands(row, account, organizations[row.OrganizationId]))
            .Select(row => row.ReferenceHash)];
    }

    private bool Stands(SignIn row, Account account, Organization organization)
    {
        var now = clock.GetUtcNow();
        return row.Stage == SignIn.Complete && !times.Value.IsOver(row, now) &&
            Admittance.Stands(organization, account, (now, IPAddress.TryParse(row.Address, out var address) ? address : null));
    }
}
