using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>
/// Changes hours and networks, of the organization or of one person, with a line in the audit chain. Nobody can shut out
/// him- or herself by it. Who is shut out loses sockets by <see cref="SignInWatch"/>. Scoped to a request.
/// </summary>
internal sealed class LimitsActs(ServerDatabase database, SignInBell bell, AuditLog audit, TimeProvider clock)
{
    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> ChangeOrganizationAsync((SignedIn Who, IPAddress? Address) actor, LimitsForm form, string timeZone, CancellationToken cancellation)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            return new Problem("problem.zone", timeZone).At("time-zone");
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var organization = await database.Set<Organization>().SingleAsync(row => row.Id == actor.Who.OrganizationId, cancellation);
        (organization.Hours, organization.Networks, organization.TimeZone) = (form.Hours?.ToString() ?? "", form.Networks ?? "", timeZone);
        var own = await database.Set<Account>().SingleAsync(row => row.Id == actor.Who.AccountId, cancellation);
        return await FinishAsync(actor, (organization, own), (organization.Id, form), transaction, cancellation);
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> ChangePersonAsync((SignedIn Who, IPAddress? Address) actor, Account account, LimitsForm form, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        (account.OwnHours, account.OwnNetworks) = (form.Hours?.ToString(), form.Networks);
        var organization = await database.Set<Organization>().SingleAsync(row => row.Id == actor.Who.OrganizationId, cancellation);
        var own = await database.Set<Account>().SingleAsync(row => row.Id == actor.Who.AccountId, cancellation);
        return await FinishAsync(actor, (organization, own), (account.Id, form), transaction, cancellation);
    }

    private async Task<Problem?> FinishAsync(
        (SignedIn Who, IPAddress? Address) actor, (Organization Organization, Account Own) rows, (Guid Id, LimitsForm Form) changed,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellation)
    {
        if (Admittance.AtSignIn(rows.Organization, rows.Own, (clock.GetUtcNow(), actor.Address)) is not null)
            return new Problem("problem.limits-self");
        await database.SaveChangesAsync(cancellation);
        var details = $"hours {One(changed.Form.Hours?.ToString(), "always")}; networks {One(changed.Form.Networks, "anywhere")}";
        await audit.RecordAsync(database, new AuditEntry(actor.Who.AccountId.ToString(), "limits.changed", changed.Id.ToString(), AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
        bell.Ring();
        return null;
    }

    private static string One(string? lines, string empty) => lines switch
    {
        null => "as the organization",
        "" => empty,
        _ => lines.Replace("\n", ", ", StringComparison.Ordinal),
    };
}
