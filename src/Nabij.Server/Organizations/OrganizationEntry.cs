using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>Finds the organization that an address names and lets the request's unit of work see its rows.</summary>
internal sealed class OrganizationEntry(OrganizationDirectory organizations, OrganizationScope scope)
{
    internal async Task<Organization?> FindAsync(string slug, CancellationToken cancellation) =>
        Enter(await organizations.FindAsync(slug, cancellation));

    internal async Task<Organization?> FindDefaultAsync(CancellationToken cancellation) =>
        Enter(await organizations.FindDefaultAsync(cancellation));

    private Organization? Enter(Organization? organization)
    {
        if (organization is not null)
            scope.Enter(organization.Id);
        return organization;
    }
}
