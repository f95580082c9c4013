using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Pictures;

/// <summary>
/// Keeps sealed pictures with sessions. Only whose session it is adds one, and only until <see cref="SessionNotes.OpenFor"/>
/// after its end. The audit chain has that a picture was kept or removed; what is on it nobody here knows. Thread-safe.
/// </summary>
internal sealed class KeptPictures(DatabaseSource source, AuditLog audit, TimeProvider time)
{
    /// <summary>Of one technician with one session.</summary>
    internal const int MostPerSession = 20;

    /// <summary>Of one organization.</summary>
    internal const long MostBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Why this technician may keep nothing with this session; none when something may be kept.</summary>
    internal async Task<PictureRefusal> MayKeepAsync(SignedIn who, string session, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        return await MayKeepAsync(database, who, session, cancellation);
    }

    /// <param name="who">Whose session it is.</param>
    /// <param name="picture">The picture, whose form is checked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<PictureRefusal> KeepAsync(SignedIn who, KeptPicture picture, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var refusal = await MayKeepAsync(database, who, picture.SessionId, cancellation);
        if (refusal is not PictureRefusal.None)
            return refusal;
        var same = await database.Set<KeptPicture>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == picture.Id, cancellation);
        if (same is not null)
            // Sent twice, because its answer was lost.
            return same.SessionId == picture.SessionId && same.TechnicianId == who.AccountId && same.Envelope.AsSpan().SequenceEqual(picture.Envelope)
                ? PictureRefusal.None
                : PictureRefusal.Taken;
        refusal = await WhyNotAsync(database, who, picture, cancellation);
        if (refusal is not PictureRefusal.None)
            return refusal;
        database.Add(picture);
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(
            database, new AuditEntry(who.AccountId.ToString(), "picture.kept", picture.SessionId, AuditEntry.Done, $"picture {picture.Id}, {picture.Bytes} bytes"), cancellation);
        await transaction.CommitAsync(cancellation);
        return PictureRefusal.None;
    }

    /// <summary>The technician's own pictures of one session, oldest first; null when there is no such session.</summary>
    internal async Task<IReadOnlyList<PictureLine>?> OwnAsync(SignedIn who, string session, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        if (await SessionAsync(database, who, session, cancellation) is null)
            return null;
        var own = database.Set<KeptPicture>().Where(row => row.SessionId == session && row.TechnicianId == who.AccountId);
        return await PictureLine.Of(own).ToListAsync(cancellation);
    }

    /// <summary>Removes a picture: whose it is while its session may be added to, and whoever oversees everything at any time.</summary>
    /// <returns>The session it was kept with; null when there is no such picture that this person may remove.</returns>
    internal async Task<string?> RemoveAsync(SignedIn who, Guid id, bool isOverseer, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var found = await PictureLine.Of(database.Set<KeptPicture>().Where(row => row.Id == id)).SingleOrDefaultAsync(cancellation);
        if (found is null || !(isOverseer || (found.TechnicianId == who.AccountId && await MayKeepAsync(database, who, found.SessionId, cancellation) is PictureRefusal.None)))
            return null;
        await database.Set<KeptPicture>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "picture.removed", found.SessionId, AuditEntry.Done, $"picture {id}"), cancellation);
        await transaction.CommitAsync(cancellation);
        return found.SessionId;
    }

    private static async Task<PictureRefusal> WhyNotAsync(ServerDatabase database, SignedIn who, KeptPicture picture, CancellationToken cancellation)
    {
        if (await PicturesKeys.NewestAsync(database, cancellation) is not { } key || key.Id != picture.PicturesKeyId)
            return PictureRefusal.OtherKey;
        if (await database.Set<KeptPicture>().CountAsync(row => row.SessionId == picture.SessionId && row.TechnicianId == who.AccountId, cancellation) >= MostPerSession)
            return PictureRefusal.TooMany;
        return await database.Set<KeptPicture>().SumAsync(row => (long)row.Bytes, cancellation) + picture.Bytes > MostBytes ? PictureRefusal.Full : PictureRefusal.None;
    }

    private async Task<PictureRefusal> MayKeepAsync(ServerDatabase database, SignedIn who, string session, CancellationToken cancellation) =>
        await SessionAsync(database, who, session, cancellation) switch
        {
            null => PictureRefusal.Unknown,
            { EndedAt: { } ended } when time.GetUtcNow() > ended + SessionNotes.OpenFor => PictureRefusal.Closed,
            _ => PictureRefusal.None,
        };

    /// <summary>A relative's run is in no technician's hands.</summary>
    private static Task<SupportSession?> SessionAsync(ServerDatabase database, SignedIn who, string id, CancellationToken cancellation) =>
        database.Set<SupportSession>().AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id && row.TechnicianId == who.AccountId && row.StartedAt != null && row.Role == SupportSession.TechnicianRole, cancellation);
}
