using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.HelpPage;

/// <summary>Whether a customer who comes now would be helped soon.</summary>
public enum Presence
{
    /// <summary>No technician has the desk open.</summary>
    Nobody,

    /// <summary>All who have it open help somebody, or as many customers wait as there are others.</summary>
    Busy,

    Free,
}

/// <summary>Whether somebody can help now.</summary>
/// <param name="Opening">Null where the organization does not say when it is open.</param>
/// <param name="Presence">Who is at the desks.</param>
/// <param name="TakesCallbacks">The organization calls back who asks for it.</param>
public sealed record Availability(OpeningWords? Opening, Presence Presence, bool TakesCallbacks)
{
    /// <summary>Closed, or nobody is free: then the help page asks whether the customer wants to be called.</summary>
    internal bool OffersCallback => TakesCallbacks && (IsClosed || Presence is not Presence.Free);

    /// <summary>Why it is offered, and what can be done: keys of the texts.</summary>
    internal (string Heading, string Body) Offer => (IsClosed, Presence) switch
    {
        (true, _) => ("help.callback.closed", "help.callback.body"),
        (_, Presence.Busy) => ("help.callback.busy", "help.callback.busy.body"),
        _ => ("help.callback", "help.callback.body"),
    };

    private bool IsClosed => Opening is { IsOpen: false };
}

/// <summary>Finds out. Scoped to a unit of work that has entered the organization.</summary>
internal sealed class Availabilities(ServerDatabase database, DeskEvents desks, IDirectory directory, TimeProvider clock)
{
    /// <summary>Tuning: where somebody has waited this long, nobody looks at the desks that are open.</summary>
    internal static readonly TimeSpan LongWait = TimeSpan.FromMinutes(5);

    internal async Task<Availability> NowAsync(Organization organization, Texts texts, CancellationToken cancellation) =>
        new(OpeningWords.Of(organization, clock.GetUtcNow(), texts), await PresenceAsync(organization.Id, cancellation), organization.TakesCallbacks);

    private async Task<Presence> PresenceAsync(Guid organization, CancellationToken cancellation)
    {
        var technicians = await database.Set<AccountRole>().AsNoTracking().Where(row => row.Role == Role.Technician).Select(row => row.AccountId).ToListAsync(cancellation);
        var here = technicians.FindAll(desks.IsOpen);
        if (here.Count == 0)
            return Presence.Nobody;
        var helping = await database.Set<SupportSession>().AsNoTracking()
            .Where(row => row.EndedAt == null && row.Outcome == null && row.Role == SupportSession.TechnicianRole && here.Contains(row.TechnicianId))
            .Select(row => row.TechnicianId).Distinct().CountAsync(cancellation);
        var waiting = await directory.ListAsync(organization, cancellation);
        var longAgo = clock.GetUtcNow() - LongWait;
        return here.Count - helping > waiting.Count && waiting.All(one => one.Since > longAgo) ? Presence.Free : Presence.Busy;
    }
}
