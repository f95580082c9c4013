using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Organizations;

/// <summary>
/// The public key of a technician's browser, in an organization whose own key is kept elsewhere: what was asked for, and
/// the certificate once it has come.
/// </summary>
internal sealed class TechnicianKey
{
    public required Guid OrganizationId { get; init; }

    public required Guid TechnicianId { get; init; }

    /// <summary>Base64 of the point, 65 bytes.</summary>
    public required string PublicKey { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public byte[]? Certificate { get; set; }

    /// <summary>When the certificate ends.</summary>
    public DateTimeOffset? NotAfter { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TechnicianKey>
    {
        public void Configure(EntityTypeBuilder<TechnicianKey> builder) =>
            builder.ToTable("technician_key").HasKey(row => new { row.OrganizationId, row.TechnicianId, row.PublicKey });
    }
}
