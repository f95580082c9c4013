using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Desk.Notes;

/// <summary>A text of the organization's that a note can begin with. Its places, such as <c>{customer}</c>, are filled in by the desk.</summary>
internal sealed class NoteTemplate
{
    internal const int LongestName = 60, LongestText = 4_000;

    /// <summary>As many as one organization may have.</summary>
    internal const int Most = 100;

    /// <summary>For technicians of every language.</summary>
    internal const string EveryLanguage = "";

    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Two letters, or <see cref="EveryLanguage"/>.</summary>
    public required string Language { get; set; }

    public required string Text { get; set; }

    public required Guid ChangedBy { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NoteTemplate>
    {
        public void Configure(EntityTypeBuilder<NoteTemplate> builder) =>
            builder.ToTable("note_template").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
