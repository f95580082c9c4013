using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Audit;

/// <summary>The last link of an organization's chain, so that events cut off at the end are missed.</summary>
internal sealed class AuditHead
{
    public required Guid OrganizationId { get; init; }

    public required long Seq { get; set; }

    public required string Hash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> builder) => builder.ToTable("audit_head").HasKey(row => row.OrganizationId);
    }
}
