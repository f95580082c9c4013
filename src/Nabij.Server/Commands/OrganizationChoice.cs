using Nabij.Server.Organizations;
using Nabij.Server.Web;

namespace Nabij.Server.Commands;

/// <summary>Which organization a command means, and for which origin.</summary>
internal static class OrganizationChoice
{
    internal static async Task<(Organization Organization, string Origin)> FindAsync(IServiceProvider services, Arguments arguments, CancellationToken cancellation)
    {
        var organization = await FindOrganizationAsync(services, arguments, cancellation);
        var origin = arguments.Find("--origin") is { } given ? Origin.Parse(given).Text : organization.Origin;
        if (origin.Length == 0)
            throw OperatorException.Usage("The public origin is not known yet. Start the server once, or give --origin https://your.address.");
        return (organization, origin);
    }

    internal static async Task<Organization> FindOrganizationAsync(IServiceProvider services, Arguments arguments, CancellationToken cancellation)
    {
        var directory = services.GetRequiredService<OrganizationDirectory>();
        var slug = arguments.Find("--organization");
        var organization = slug is null ? await directory.FindDefaultAsync(cancellation) : await directory.FindAsync(slug, cancellation);
        if (organization is null)
        {
            throw new OperatorException(slug is null
                ? "This data folder has no organization yet. Run `nabij-server setup` first."
                : $"There is no organization with the slug \"{slug}\".");
        }

        return organization;
    }
}
