using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>
/// One sign-in. The browser holds 32 random bytes; here is only their SHA-256, so that neither this table nor the key
/// ring nor both together open anything.
/// </summary>
internal sealed class SignIn
{
    internal const string SecondFactor = "second-factor", Complete = "complete";

    public required Guid OrganizationId { get; init; }

    public required string ReferenceHash { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary><see cref="SecondFactor"/> after the password, <see cref="Complete"/> after everything.</summary>
    public required string Stage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When the person last proved to be there, by a second factor or a passkey: what risky acts ask for.</summary>
    public DateTimeOffset ConfirmedAt { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Where it was made from, for its owner to recognize.</summary>
    public string Address { get; init; } = "";

    /// <summary>Browser and system in a few words, as <see cref="DeviceWords"/> makes them.</summary>
    public string Device { get; init; } = "";

    /// <summary>Of <see cref="SignInWay"/>; empty for those made before it was kept.</summary>
    public string Way { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<SignIn>
    {
        public void Configure(EntityTypeBuilder<SignIn> builder) =>
            builder.ToTable("sign_in").HasKey(row => new { row.OrganizationId, row.ReferenceHash });
    }
}
