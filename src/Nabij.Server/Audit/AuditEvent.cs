using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Audit;

/// <summary>One line of the chain as it is stored (settled.md 28). Written once; only its details can be taken away (<see cref="AuditRedaction"/>).</summary>
internal sealed class AuditEvent
{
    public required Guid OrganizationId { get; init; }

    /// <summary>1, 2, 3... without gaps within the organization.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Object { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Empty where they were taken away (<see cref="IsRedacted"/>).</summary>
    public required string Details { get; set; }

    /// <summary>32 hex digits, so that nobody guesses short details from the commitment; null where they were taken away, and in events from before.</summary>
    public string? Salt { get; set; }

    /// <summary><see cref="AuditChain.Commit"/>; null in events from before.</summary>
    public string? Commitment { get; init; }

    /// <summary>The details were taken away, as an erasure does. A later event says so.</summary>
    internal bool IsRedacted => Commitment is not null && Salt is null;

    /// <summary>64 hex digits; 64 zeros before the first event.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>64 hex digits over all the other fields: <see cref="AuditChain.Hash"/>.</summary>
    public string Hash { get; set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEvent>
    {
        public void Configure(EntityTypeBuilder<AuditEvent> builder) =>
            builder.ToTable("audit_event").HasKey(row => new { row.OrganizationId, row.Seq });
    }
}
