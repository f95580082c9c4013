using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Organizations;

/// <summary>The organization's picture, as <see cref="Logos.LogoFile"/> wrote it.</summary>
internal sealed class OrganizationLogo
{
    public required Guid OrganizationId { get; init; }

    /// <summary>image/png or image/jpeg.</summary>
    public required string MediaType { get; set; }

    public required byte[] Content { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OrganizationLogo>
    {
        public void Configure(EntityTypeBuilder<OrganizationLogo> builder) => builder.ToTable("organization_logo").HasKey(row => row.OrganizationId);
    }
}
