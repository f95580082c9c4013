using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>Finds organizations by slug. The default one, which `/` belongs to, is the one made first.</summary>
internal sealed class OrganizationDirectory(DatabaseSource source)
{
    internal async Task<Organization?> FindAsync(string slug, CancellationToken cancellation)
    {
        await using var database = source.OpenUnscoped();
        return await database.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug, cancellation);
    }

    internal async Task<Organization?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = source.OpenUnscoped();
        return await database.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
    }

    internal async Task<Organization?> FindDefaultAsync(CancellationToken cancellation)
    {
        await using var database = source.OpenUnscoped();
        return await database.Set<Organization>().AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Slug).FirstOrDefaultAsync(cancellation);
    }

    /// <exception cref="InvalidOperationException">There is none; the server does not start in that case.</exception>
    internal async Task<Organization> DefaultAsync(CancellationToken cancellation) =>
        await FindDefaultAsync(cancellation) ?? throw new InvalidOperationException("No organization is set up.");

    internal async Task<IReadOnlyList<Organization>> AllAsync(CancellationToken cancellation)
    {
        await using var database = source.OpenUnscoped();
        return await database.Set<Organization>().AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Slug).ToListAsync(cancellation);
    }

    /// <summary>Remembers the public origin for the commands that run without a server.</summary>
    internal async Task KeepOriginAsync(Web.Origin origin, CancellationToken cancellation)
    {
        await using var database = source.OpenUnscoped();
        await database.Set<Organization>().Where(row => row.Origin != origin.Text)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Origin, origin.Text), cancellation);
    }
}
