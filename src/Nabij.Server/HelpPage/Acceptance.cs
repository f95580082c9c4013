using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.HelpPage;

/// <summary>
/// A visitor's consent on the help page: which exact texts, in which language, when, and each answer by itself. It opens
/// the download. The customer's program records its own consent; the two are not joined (settled.md 7).
/// </summary>
internal sealed class Acceptance
{
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the random value in the visitor's cookie.</summary>
    public required string ReferenceHash { get; init; }

    public required string TermsId { get; init; }

    public required string TermsVersion { get; init; }

    public required string Language { get; init; }

    public required string TermsSha256 { get; init; }

    public required string LicenceSha256 { get; init; }

    public required bool TermsTick { get; init; }

    public required bool LicenceTick { get; init; }

    /// <summary>"yes", "no" or "help".</summary>
    public required string Backup { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Acceptance>
    {
        public void Configure(EntityTypeBuilder<Acceptance> builder) =>
            builder.ToTable("acceptance").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
