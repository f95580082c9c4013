using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Desk.Notes;

/// <summary>
/// How long one technician worked in one session. What the desk counted stays beside what the technician made of it, and
/// the unit beside both: nobody has to guess where a figure comes from.
/// </summary>
internal sealed class SessionTime
{
    public required Guid OrganizationId { get; init; }

    /// <summary><see cref="Rendezvous.SupportSession.Id"/>.</summary>
    public required string SessionId { get; init; }

    public required Guid TechnicianId { get; init; }

    /// <summary>While the session was active and the technician had not paused the count.</summary>
    public required long CountedSeconds { get; set; }

    /// <summary>The technician's own figure; null: as counted.</summary>
    public required long? CorrectedSeconds { get; set; }

    /// <summary>The organization's unit when this was stored; 0 is to the second.</summary>
    public required int UnitMinutes { get; set; }

    /// <summary>The organization's rule when this was stored: <see cref="WorkUnit.Up"/> or <see cref="WorkUnit.Nearest"/>.</summary>
    public required string Rounding { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>What goes on the invoice, in seconds: the technician's figure or the counted one, in whole units.</summary>
    internal long WorkedSeconds => new WorkUnit(UnitMinutes, Rounding).Round(CorrectedSeconds ?? CountedSeconds);

    internal sealed class Mapping : IEntityTypeConfiguration<SessionTime>
    {
        public void Configure(EntityTypeBuilder<SessionTime> builder)
        {
            builder.ToTable("session_time").HasKey(row => new { row.OrganizationId, row.SessionId, row.TechnicianId });
            builder.Ignore(row => row.WorkedSeconds);
        }
    }
}
