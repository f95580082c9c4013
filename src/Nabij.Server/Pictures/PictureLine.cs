using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Pictures;

/// <summary>What is known of a picture without opening it.</summary>
internal sealed record PictureLine(Guid Id, string SessionId, Guid TechnicianId, string KeyId, int Bytes, DateTimeOffset KeptAt)
{
    /// <summary>Oldest first; reads no content.</summary>
    internal static IQueryable<PictureLine> Of(IQueryable<KeptPicture> pictures) => pictures.AsNoTracking().OrderBy(row => row.KeptAt).ThenBy(row => row.Id)
        .Select(row => new PictureLine(row.Id, row.SessionId, row.TechnicianId, row.PicturesKeyId, row.Bytes, row.KeptAt));
}
