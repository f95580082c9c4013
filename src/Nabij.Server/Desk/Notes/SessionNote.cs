using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Desk.Notes;

/// <summary>
/// What one technician wrote about one session, for colleagues and the invoice. Typed by a person: text, never markup. It
/// goes with the record of the session.
/// </summary>
internal sealed class SessionNote
{
    /// <summary>UTF-16 characters: several pages.</summary>
    internal const int LongestText = 20_000;

    public required Guid OrganizationId { get; init; }

    /// <summary><see cref="Rendezvous.SupportSession.Id"/>.</summary>
    public required string SessionId { get; init; }

    public required Guid TechnicianId { get; init; }

    public required string Text { get; set; }

    /// <summary>1, 2, 3...: which version a page has seen.</summary>
    public required long Revision { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionNote>
    {
        public void Configure(EntityTypeBuilder<SessionNote> builder) =>
            builder.ToTable("session_note").HasKey(row => new { row.OrganizationId, row.SessionId, row.TechnicianId });
    }
}
