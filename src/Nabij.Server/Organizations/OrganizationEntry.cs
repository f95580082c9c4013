using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>Finds the organization that an address names and lets the request's unit of work see its rows.</summary>
internal sealed class OrganizationEntry(OrganizationDirectory organizations, OrganizationScope scope)
{
    /// <summary>Names the organization by its slug where the path does not.</summary>
    internal const string ShopParameter = "shop";

    internal async Task<Organization?> FindAsync(string slug, CancellationToken cancellation) =>
        Enter(await organizations.FindAsync(slug, cancellation));

    internal async Task<Organization?> FindDefaultAsync(CancellationToken cancellation) =>
        Enter(await organizations.FindDefaultAsync(cancellation));

    /// <exception cref="InvalidOperationException">There is none; the server does not start in that case.</exception>
    internal async Task<Organization> DefaultAsync(CancellationToken cancellation) =>
        await FindDefaultAsync(cancellation) ?? throw new InvalidOperationException("No organization is set up.");

    internal async Task<Organization?> FindAsync(Guid id, CancellationToken cancellation) =>
        Enter(await organizations.FindAsync(id, cancellation));

    /// <summary>The one that the address names, as sign-in pages of the others do; else the default one.</summary>
    internal async Task<Organization> NamedOrDefaultAsync(HttpContext context) =>
        context.Request.Query[ShopParameter].ToString() is { Length: > 0 } slug && await FindAsync(slug, context.RequestAborted) is { } named
            ? named
            : await DefaultAsync(context.RequestAborted);

    private Organization? Enter(Organization? organization)
    {
        if (organization is not null)
            scope.Enter(organization.Id);
        return organization;
    }
}
