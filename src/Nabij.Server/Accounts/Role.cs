using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>What an account may do. Roles are a set (settled.md 29).</summary>
internal static class Role
{
    internal const string Owner = "owner", Admin = "admin", Technician = "technician", Auditor = "auditor", Reports = "reports";
}

/// <summary>One role of one account.</summary>
internal sealed class AccountRole
{
    public required Guid OrganizationId { get; init; }

    public required Guid AccountId { get; init; }

    public required string Role { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AccountRole>
    {
        public void Configure(EntityTypeBuilder<AccountRole> builder) =>
            builder.ToTable("account_role").HasKey(row => new { row.OrganizationId, row.AccountId, row.Role });
    }
}
