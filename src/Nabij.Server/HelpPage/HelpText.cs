using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.HelpPage;

/// <summary>What an organization says on its help page in its own words, in one language. The subset of Markdown that terms have.</summary>
internal sealed class HelpText
{
    /// <summary>The longest of the three, in bytes.</summary>
    internal const int MaximumBytes = 4096;

    public required Guid OrganizationId { get; init; }

    public required string Language { get; init; }

    /// <summary>On top of the page, for what is so today or this week; empty for nothing.</summary>
    public required string Notice { get; set; }

    /// <summary>In place of the usual words under the heading; empty for those.</summary>
    public required string Welcome { get; set; }

    /// <summary>Beside who the organization is; empty for nothing.</summary>
    public required string About { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<HelpText>
    {
        public void Configure(EntityTypeBuilder<HelpText> builder) => builder.ToTable("help_text").HasKey(row => new { row.OrganizationId, row.Language });
    }
}
