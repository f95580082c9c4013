using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Pictures;
using Nabij.Protocol.Wire;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Pictures;

/// <summary>The organization's pictures keys, as browsers made them. The private ones come wrapped and are checked by their form alone. Thread-safe.</summary>
internal sealed class PicturesKeys(DatabaseSource source, AuditLog audit, TimeProvider time)
{
    /// <summary>Null where none was made yet.</summary>
    internal async Task<PicturesKey?> NewestAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await NewestAsync(database, cancellation);
    }

    /// <summary>Newest first.</summary>
    internal async Task<IReadOnlyList<PicturesKey>> AllAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await InOrder(database).ToListAsync(cancellation);
    }

    internal async Task<PicturesKey?> FindAsync(Guid organization, string id, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<PicturesKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
    }

    /// <returns>Why not; null when it is kept.</returns>
    internal async Task<Problem?> AddAsync(SignedIn who, byte[] publicKey, byte[] wrapped, CancellationToken cancellation)
    {
        if (!IsKey(publicKey, wrapped))
            return new Problem("pictures.problem.key");
        var id = Convert.ToHexStringLower(SHA256.HashData(publicKey));
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var all = await InOrder(database).ToListAsync(cancellation);
        if (all.Exists(key => key.Id == id))
            // A form that was sent twice.
            return all[0].Id == id && all[0].Wrapped.AsSpan().SequenceEqual(wrapped) ? null : new Problem("pictures.problem.key");
        if (all.Count >= PicturesKey.Most)
            return new Problem("pictures.problem.many", PicturesKey.Most);
        var now = time.GetUtcNow();
        // Two within a millisecond, or a clock that was put back: the one that was made last is still the newest.
        var at = all.Count > 0 && all[0].MadeAt >= now ? all[0].MadeAt.AddMilliseconds(1) : now;
        database.Add(new PicturesKey { OrganizationId = who.OrganizationId, Id = id, PublicKey = publicKey, Wrapped = wrapped, MadeBy = who.AccountId, MadeAt = at });
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "pictures-key.made", id, AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    internal static Task<PicturesKey?> NewestAsync(ServerDatabase database, CancellationToken cancellation) => InOrder(database).FirstOrDefaultAsync(cancellation);

    private static IQueryable<PicturesKey> InOrder(ServerDatabase database) => database.Set<PicturesKey>().AsNoTracking().OrderByDescending(row => row.MadeAt).ThenBy(row => row.Id);

    private static bool IsKey(byte[] publicKey, byte[] wrapped)
    {
        if (!P256.IsSubjectPublicKeyInfo(publicKey) || !P256.IsPoint(P256.PointOf(publicKey)))
            return false;
        try
        {
            WrappedPicturesKey.Check(wrapped);
            return true;
        }
        catch (WireFormatException)
        {
            return false;
        }
    }
}
