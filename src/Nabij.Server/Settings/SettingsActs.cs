using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Organizations.Logos;
using Nabij.Server.Storage;

namespace Nabij.Server.Settings;

/// <summary>Changes what an organization says about itself, each time with a line in the audit chain that names the fields. Scoped to a request.</summary>
internal sealed class SettingsActs(ServerDatabase database, AuditLog audit)
{
    internal async Task ChangeAsync(SignedIn who, Action<Organization> change, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await ChangeRowAsync(who, change, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <param name="who">Who does it.</param>
    /// <param name="logo">The new one; null takes away the one there is.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task ChangeLogoAsync(SignedIn who, LogoFile? logo, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database.Set<OrganizationLogo>().ExecuteDeleteAsync(cancellation);
        if (logo is not null)
            database.Add(new OrganizationLogo { OrganizationId = who.OrganizationId, MediaType = logo.MediaType, Content = logo.Content });
        await ChangeRowAsync(
            who,
            row => (row.LogoSha256, row.LogoWidth, row.LogoHeight) = logo is null ? ("", 0, 0) : (logo.Sha256, logo.Width, logo.Height),
            cancellation);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task ChangeRowAsync(SignedIn who, Action<Organization> change, CancellationToken cancellation)
    {
        var organization = await database.Set<Organization>().SingleAsync(row => row.Id == who.OrganizationId, cancellation);
        change(organization);
        database.ChangeTracker.DetectChanges();
        var changed = database.Entry(organization).Properties.Where(property => property.IsModified).Select(property => property.Metadata.GetColumnName()).ToList();
        if (changed.Count == 0)
            return;
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(
            database, new AuditEntry(who.AccountId.ToString(), "organization.changed", organization.Id.ToString(), AuditEntry.Done, string.Join(", ", changed)), cancellation);
    }
}
