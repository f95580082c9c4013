using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Pictures;

/// <summary>
/// A picture of a customer's screen as a technician kept it: sealed to the organization's pictures key, with its caption
/// inside. The server cannot open it. It goes with the record of the session.
/// </summary>
internal sealed class KeptPicture
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The number that the browser gave it, which its seal is bound to.</summary>
    public required Guid Id { get; init; }

    /// <summary><see cref="Rendezvous.SupportSession.Id"/>.</summary>
    public required string SessionId { get; init; }

    public required Guid TechnicianId { get; init; }

    /// <summary><see cref="PicturesKey.Id"/>.</summary>
    public required string PicturesKeyId { get; init; }

    /// <summary>As <see cref="Protocol.Pictures.PictureEnvelope"/> reads it.</summary>
    public required byte[] Envelope { get; init; }

    /// <summary>Of <see cref="Envelope"/>, so that lists need not read it.</summary>
    public required int Bytes { get; init; }

    public required DateTimeOffset KeptAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<KeptPicture>
    {
        public void Configure(EntityTypeBuilder<KeptPicture> builder) =>
            builder.ToTable("kept_picture").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
