using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>A person of the organization who can sign in. Identity keeps the password; the second factor is ours.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The name that certificates carry and customers see, 1-64 UTF-8 bytes.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Protected by the key ring; null until the first sign-in that demands a second factor.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>Protected likewise: a new secret that awaits its first code.</summary>
    public string? TotpPending { get; set; }

    /// <summary>The last time step whose code was taken, so that no code serves twice.</summary>
    public long TotpLastStep { get; set; }

    /// <summary>In place of the organization's; null is as the organization, empty is always.</summary>
    public string? OwnHours { get; set; }

    /// <summary>In place of the organization's; null is as the organization, empty is anywhere.</summary>
    public string? OwnNetworks { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("account").HasKey(row => row.Id);
            builder.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            // Lockout is counted per account and address (SignInFailure), never in a way that lets strangers lock an owner out.
            builder.Ignore(row => row.LockoutEnd).Ignore(row => row.LockoutEnabled).Ignore(row => row.AccessFailedCount);
            builder.Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed);
        }
    }
}
