using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Records;

/// <summary>What an organization has decided about its records; without a row, as the defaults say.</summary>
internal sealed class RecordsSettings
{
    internal const int DefaultPictureDays = 30, MostPictureDays = 396;

    public required Guid OrganizationId { get; init; }

    /// <summary>Whether a technician reads the sessions of the others too.</summary>
    public bool TechniciansSeeAll { get; set; }

    /// <summary>How long pictures in the notes are kept, 1-<see cref="MostPictureDays"/>.</summary>
    public int PictureDays { get; set; } = DefaultPictureDays;

    internal sealed class Mapping : IEntityTypeConfiguration<RecordsSettings>
    {
        public void Configure(EntityTypeBuilder<RecordsSettings> builder) => builder.ToTable("records_settings").HasKey(row => row.OrganizationId);
    }
}
