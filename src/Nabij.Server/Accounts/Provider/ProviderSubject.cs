using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts.Provider;

/// <summary>Who at the identity provider is who here: by the issuer and its own id of the person, never by the address (OpenID Connect Core 5.7).</summary>
internal sealed class ProviderSubject
{
    public required Guid OrganizationId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required Guid AccountId { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProviderSubject>
    {
        public void Configure(EntityTypeBuilder<ProviderSubject> builder) =>
            builder.ToTable("provider_subject").HasKey(row => new { row.OrganizationId, row.Issuer, row.Subject });
    }
}
