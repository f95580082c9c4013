using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Records;

/// <summary>
/// A run of the table `session` as lists, sums and exports read it: times as the numbers they are stored as (milliseconds
/// since 1970), so that the database can calculate with them. Never written through.
/// </summary>
internal sealed class SessionLine
{
    public required Guid OrganizationId { get; init; }

    public required string Id { get; init; }

    public required Guid TechnicianId { get; init; }

    public required string Nameplate { get; init; }

    public required string ConsentHash { get; init; }

    public required string CustomerName { get; init; }

    public required string Language { get; init; }

    public required string Platform { get; init; }

    public required string Program { get; init; }

    public required long PairedAt { get; init; }

    public required long? StartedAt { get; init; }

    public required long? EndedAt { get; init; }

    public required long BytesFromHost { get; init; }

    public required long BytesFromViewer { get; init; }

    public required string? EndReason { get; init; }

    public required string? Outcome { get; init; }

    /// <summary>How long the customer had waited; null in runs from before this was kept.</summary>
    public required long? WaitedMs { get; init; }

    /// <summary>When the customer's name was erased.</summary>
    public required long? ErasedAt { get; init; }

    /// <summary>The first technician's run, where this is of somebody who joined it.</summary>
    public required string? ParentId { get; init; }

    /// <summary>"technician", or "relative" for one who only watched.</summary>
    public required string Role { get; init; }

    internal DateTimeOffset Paired => DateTimeOffset.FromUnixTimeMilliseconds(PairedAt);

    /// <summary>The session that this run is one of.</summary>
    internal string Root => ParentId ?? Id;

    /// <summary>When it became a session, or the relative came; null when neither happened.</summary>
    internal long? BeganAt => StartedAt ?? (Role == SessionWords.Relative && Outcome is null ? PairedAt : null);

    /// <summary>From there to the end; null when it still runs, too.</summary>
    internal TimeSpan? Duration => Between(BeganAt, EndedAt);

    internal static TimeSpan? Between(long? from, long? until) => until - from is { } length ? TimeSpan.FromMilliseconds(Math.Max(0, length)) : null;

    internal sealed class Mapping : IEntityTypeConfiguration<SessionLine>
    {
        public void Configure(EntityTypeBuilder<SessionLine> builder) =>
            builder.ToView("session").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
