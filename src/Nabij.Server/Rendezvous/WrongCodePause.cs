using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Rendezvous;

/// <summary>What wrong codes led to for one technician: a pause that ends by itself, or a lock that an administrator lifts.</summary>
internal sealed class WrongCodePause
{
    public required Guid OrganizationId { get; init; }

    public required Guid TechnicianId { get; init; }

    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset? LockedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<WrongCodePause>
    {
        public void Configure(EntityTypeBuilder<WrongCodePause> builder) =>
            builder.ToTable("wrong_code_pause").HasKey(row => new { row.OrganizationId, row.TechnicianId });
    }
}
