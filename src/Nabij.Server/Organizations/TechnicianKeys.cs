using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>
/// In offline mode: which keys of technicians' browsers wait for a certificate, and which have one. This server makes none.
/// </summary>
internal sealed class TechnicianKeys(DatabaseSource source, TimeProvider clock)
{
    /// <summary>The most keys of one technician; the one asked for first goes first.</summary>
    internal const int MostPerTechnician = 16;

    /// <summary>The row of this key, which waits from now on when it is new.</summary>
    internal async Task<TechnicianKey> FindOrAskAsync(Guid organization, Guid technician, byte[] publicKey, CancellationToken cancellation)
    {
        var text = Convert.ToBase64String(publicKey);
        await using var database = source.Open(organization);
        var known = await database.Set<TechnicianKey>().Where(row => row.TechnicianId == technician).OrderBy(row => row.AskedAt).ToListAsync(cancellation);
        if (known.Find(row => row.PublicKey == text) is { } found)
            return found;
        database.RemoveRange(known.Take(known.Count - MostPerTechnician + 1));
        var asked = new TechnicianKey { OrganizationId = organization, TechnicianId = technician, PublicKey = text, AskedAt = clock.GetUtcNow() };
        database.Add(asked);
        await database.SaveChangesAsync(cancellation);
        return asked;
    }

    internal async Task<IReadOnlyList<TechnicianKey>> AllAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<TechnicianKey>().AsNoTracking().OrderBy(row => row.AskedAt).ToListAsync(cancellation);
    }

    /// <summary>Stores a certificate; false when nobody here asked for it.</summary>
    internal async Task<bool> TryKeepAsync(TechnicianKey one, CancellationToken cancellation)
    {
        await using var database = source.Open(one.OrganizationId);
        return await database.Set<TechnicianKey>().Where(row => row.TechnicianId == one.TechnicianId && row.PublicKey == one.PublicKey)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Certificate, one.Certificate).SetProperty(row => row.NotAfter, one.NotAfter), cancellation) == 1;
    }
}
