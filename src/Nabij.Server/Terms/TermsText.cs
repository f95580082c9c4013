using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Terms;

/// <summary>One text in one version and language, as exact bytes. Never changed: a new text is a new version.</summary>
internal sealed class TermsText
{
    internal const string Terms = "terms", Licence = "licence";

    public required Guid OrganizationId { get; init; }

    /// <summary>1-32 characters: "1", "2"...; the one made last is current.</summary>
    public required string Version { get; init; }

    public required string Language { get; init; }

    /// <summary><see cref="Terms"/> or <see cref="Licence"/>.</summary>
    public required string Kind { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>64 hex digits over <see cref="Content"/>.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<TermsText>
    {
        public void Configure(EntityTypeBuilder<TermsText> builder) =>
            builder.ToTable("terms_text").HasKey(row => new { row.OrganizationId, row.Version, row.Language, row.Kind });
    }
}
