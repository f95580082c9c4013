using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Terms;

/// <summary>A text in the making, in one language. It binds nobody until it is published as part of a version.</summary>
internal sealed class TermsDraft
{
    public required Guid OrganizationId { get; init; }

    public required string Language { get; init; }

    /// <summary><see cref="TermsText.Terms"/> or <see cref="TermsText.Licence"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As it would be published, with line ends of one character.</summary>
    public required string Content { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Name of who changed it last.</summary>
    public required string ChangedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TermsDraft>
    {
        public void Configure(EntityTypeBuilder<TermsDraft> builder) => builder.ToTable("terms_draft").HasKey(row => new { row.OrganizationId, row.Language, row.Kind });
    }
}
