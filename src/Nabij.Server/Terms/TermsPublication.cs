using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Terms;

/// <summary>Who published a version and why. The version that the set-up made has none.</summary>
internal sealed class TermsPublication
{
    internal const int LongestNote = 200;

    public required Guid OrganizationId { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The person's name.</summary>
    public required string PublishedBy { get; init; }

    /// <summary>What changed, for colleagues; customers do not see it.</summary>
    public required string Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<TermsPublication>
    {
        public void Configure(EntityTypeBuilder<TermsPublication> builder) => builder.ToTable("terms_publication").HasKey(row => new { row.OrganizationId, row.Version });
    }
}
