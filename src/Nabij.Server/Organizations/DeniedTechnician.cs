using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Organizations;

/// <summary>A technician who may not help any more: on the deny list that the organization's document carries.</summary>
internal sealed class DeniedTechnician
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The id in certificates, which is that of the account.</summary>
    public required Guid TechnicianId { get; init; }

    /// <summary>What the technician was called, for whoever reads the list.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset DeniedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeniedTechnician>
    {
        public void Configure(EntityTypeBuilder<DeniedTechnician> builder) =>
            builder.ToTable("denied_technician").HasKey(row => new { row.OrganizationId, row.TechnicianId });
    }
}
