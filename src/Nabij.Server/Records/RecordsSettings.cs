using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Records;

/// <summary>What an organization has decided about its records; without a row, as the defaults say.</summary>
internal sealed class RecordsSettings
{
    public required Guid OrganizationId { get; init; }

    /// <summary>Whether a technician reads the sessions of the others too.</summary>
    public bool TechniciansSeeAll { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RecordsSettings>
    {
        public void Configure(EntityTypeBuilder<RecordsSettings> builder) => builder.ToTable("records_settings").HasKey(row => row.OrganizationId);
    }
}
