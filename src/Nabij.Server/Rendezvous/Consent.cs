using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// What a customer agreed to inside the program, as REGISTER brought it. Its hash is the one that the handshake binds
/// (settled.md 8), computed here from the same bytes and never taken from the peer. A record of its own beside the
/// acceptance on the help page (settled.md 7).
/// </summary>
internal sealed class Consent
{
    public required Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of the consent record, 64 hex digits.</summary>
    public required string RecordHash { get; init; }

    public required string TermsId { get; init; }

    public required string TermsVersion { get; init; }

    public required string Language { get; init; }

    public required string TermsHash { get; init; }

    public required string LicenceHash { get; init; }

    /// <summary>Bit 0 terms, bit 1 licence.</summary>
    public required int Ticks { get; init; }

    /// <summary><c>yes</c>, <c>no</c> or <c>help</c>.</summary>
    public required string Backup { get; init; }

    /// <summary>The customer's clock.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> builder) =>
            builder.ToTable("consent").HasKey(row => new { row.OrganizationId, row.RecordHash });
    }
}
