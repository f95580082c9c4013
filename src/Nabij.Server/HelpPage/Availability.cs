using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.HelpPage;

/// <summary>Whether somebody can help now.</summary>
/// <param name="Opening">Null where the organization does not say when it is open.</param>
/// <param name="IsSomebodyHere">A technician has the desk open.</param>
/// <param name="TakesCallbacks">The organization calls back who asks for it.</param>
public sealed record Availability(OpeningWords? Opening, bool IsSomebodyHere, bool TakesCallbacks)
{
    /// <summary>Closed, or nobody at the desk: then the help page asks whether the customer wants to be called.</summary>
    internal bool OffersCallback => TakesCallbacks && (Opening is { IsOpen: false } || !IsSomebodyHere);
}

/// <summary>Finds out. Scoped to a unit of work that has entered the organization.</summary>
internal sealed class Availabilities(ServerDatabase database, DeskEvents desks, TimeProvider clock)
{
    internal async Task<Availability> NowAsync(Organization organization, Texts texts, CancellationToken cancellation)
    {
        var technicians = await database.Set<AccountRole>().AsNoTracking().Where(row => row.Role == Role.Technician).Select(row => row.AccountId).ToListAsync(cancellation);
        return new Availability(OpeningWords.Of(organization, clock.GetUtcNow(), texts), technicians.Exists(desks.IsOpen), organization.TakesCallbacks);
    }
}
