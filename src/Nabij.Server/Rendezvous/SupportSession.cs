using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The record of one run: who helped whom, when, how much went over the line, and why it ended. Never content, never
/// a digit that the server may not know. A run without <see cref="StartedAt"/> did not become a session.
/// </summary>
internal sealed class SupportSession
{
    internal const string TechnicianRole = "technician", RelativeRole = "relative";

    public required Guid OrganizationId { get; init; }

    /// <summary>32 hex digits: the server's own number for the run, told to both sides.</summary>
    public required string Id { get; init; }

    /// <summary>The technician of the run; of a relative's, the technician by whose run it was invited.</summary>
    public required Guid TechnicianId { get; init; }

    /// <summary>The run of the session's first technician; null at that one itself.</summary>
    public string? ParentId { get; init; }

    /// <summary>Who joined: <see cref="TechnicianRole"/> or <see cref="RelativeRole"/>.</summary>
    public string Role { get; init; } = TechnicianRole;

    /// <summary>The session that this run is one of.</summary>
    public string Root => ParentId ?? Id;

    /// <summary>Where the technician came from, until a session has ended or the failure of a run is told, and about a day at most.</summary>
    public string? TechnicianAddress { get; set; }

    public required string Nameplate { get; init; }

    /// <summary>The consent record of the customer: <see cref="Consent.RecordHash"/>.</summary>
    public required string ConsentHash { get; init; }

    /// <summary>What the customer wants to be called; may be empty.</summary>
    public required string CustomerName { get; set; }

    public required string Language { get; init; }

    public required string Platform { get; init; }

    /// <summary>Name and version of the customer's program.</summary>
    public required string Program { get; init; }

    /// <summary>SHA-256 of the host's lease, by which the host's next registration reports the outcome.</summary>
    public required string LeaseHash { get; init; }

    public required DateTimeOffset PairedAt { get; init; }

    /// <summary>When the technician's page said that the handshake had succeeded.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public long BytesFromHost { get; set; }

    public long BytesFromViewer { get; set; }

    /// <summary>A name of docs/protocol/09-errors.md as the technician's page told it, or <c>connection-lost</c>.</summary>
    public string? EndReason { get; set; }

    /// <summary>What the host reported of a run when it registered again: <c>wrong-code</c>, <c>broken-off</c>, <c>declined</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>How long the customer had waited on this socket, in milliseconds; null in runs from before this was kept.</summary>
    public long? WaitedMs { get; init; }

    /// <summary>When the customer's name was erased on request.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SupportSession>
    {
        public void Configure(EntityTypeBuilder<SupportSession> builder) =>
            builder.ToTable("session").Ignore(row => row.Root).HasKey(row => new { row.OrganizationId, row.Id });
    }
}
