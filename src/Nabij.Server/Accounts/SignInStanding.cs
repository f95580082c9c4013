using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Which of some sign-ins still stand: complete, not over, of a person who is not switched off.</summary>
internal sealed class SignInStanding(IOptions<SignInTimes> times, TimeProvider clock)
{
    /// <param name="database">A unit of work that may be of no organization.</param>
    /// <param name="rows">Sign-ins of any organization.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<IReadOnlyList<string>> FilterAsync(ServerDatabase database, IReadOnlyList<SignIn> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.AccountId).Distinct().ToList();
        var accounts = await database.Set<Account>().IgnoreQueryFilters().AsNoTracking()
            .Where(account => ids.Contains(account.Id) && account.DisabledAt == null).ToDictionaryAsync(account => (account.OrganizationId, account.Id), cancellation);
        var now = clock.GetUtcNow();
        return [.. rows
            .Where(row => row.Stage == SignIn.Complete && now < row.CreatedAt + times.Value.Absolute && accounts.ContainsKey((row.OrganizationId, row.AccountId)))
            .Select(row => row.ReferenceHash)];
    }
}
