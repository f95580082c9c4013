using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Pictures;

/// <summary>
/// A key pair that pictures are sealed to, made in a browser. The newest one is used; older ones stay, because older pictures
/// open with nothing else.
/// </summary>
internal sealed class PicturesKey
{
    /// <summary>As many as one organization may have made.</summary>
    internal const int Most = 50;

    public required Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of <see cref="PublicKey"/>, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>SubjectPublicKeyInfo, 91 bytes.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The private key under the passphrase (<see cref="Protocol.Pictures.WrappedPicturesKey"/>).</summary>
    public required byte[] Wrapped { get; init; }

    public required Guid MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PicturesKey>
    {
        public void Configure(EntityTypeBuilder<PicturesKey> builder) =>
            builder.ToTable("pictures_key").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
