using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;

namespace Nabij.Server.Accounts;

/// <summary>One sign-in as its owner and administrators see it.</summary>
/// <param name="Id">Names it in a form; worthless as a cookie.</param>
/// <param name="IsOwn">The one that reads this.</param>
/// <param name="Device">Browser and system; may be empty.</param>
/// <param name="Address">Where it was made from; may be empty.</param>
/// <param name="Since">When it was made, in the organization's zone.</param>
/// <param name="Seen">When something was last asked with it.</param>
public sealed record SignInLine(string Id, bool IsOwn, string Device, string Address, string Since, string Seen)
{
    /// <summary>As many as a page shows; nobody has that many browsers.</summary>
    private const int Most = 50;

    internal static async Task<IReadOnlyList<SignInLine>> ReadAsync(
        IQueryable<SignIn> running, (Guid Account, string Own) of, OrganizationTime time, CancellationToken cancellation)
    {
        var rows = await running.AsNoTracking().Where(row => row.AccountId == of.Account)
            .OrderByDescending(row => row.SeenAt).Take(Most).ToListAsync(cancellation);
        return [.. rows.Select(row => new SignInLine(row.ReferenceHash, row.ReferenceHash == of.Own, row.Device, row.Address, time.Words(row.CreatedAt), time.Words(row.SeenAt)))];
    }
}
