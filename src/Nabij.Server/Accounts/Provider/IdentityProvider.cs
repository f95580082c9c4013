using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts.Provider;

/// <summary>The identity provider by which people of one organization may sign in (OpenID Connect Core 1.0, authorization code flow).</summary>
internal sealed class IdentityProvider
{
    internal const int LongestIssuer = 255, LongestName = 40, LongestClient = 255, LongestDomain = 253;

    public required Guid OrganizationId { get; init; }

    /// <summary>An https address without a query; on this machine http as well.</summary>
    public required string Issuer { get; set; }

    /// <summary>What people call it, such as "Example account".</summary>
    public required string Name { get; set; }

    public required string ClientId { get; set; }

    /// <summary>Protected by the key ring; null when it lies in a file, or when the provider gave none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Only addresses of this domain; empty for any.</summary>
    public required string Domain { get; set; }

    /// <summary>It asks for a second factor itself, so that ours need not.</summary>
    public required bool AsksSecondFactor { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IdentityProvider>
    {
        public void Configure(EntityTypeBuilder<IdentityProvider> builder) => builder.ToTable("identity_provider").HasKey(row => row.OrganizationId);
    }
}
