using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>
/// A link by which one person sets a password or a passkey, once: an invitation or a reset. The secret stands after the "#" of the link,
/// which browsers send to nobody; here is only its SHA-256. An account has one at most.
/// </summary>
internal sealed class AccountLink
{
    /// <summary>A new person's first password or passkey.</summary>
    internal const string Invitation = "invitation";

    /// <summary>A new password; the second factor stays.</summary>
    internal const string Password = "password";

    /// <summary>A new passkey, or a new password and a new second factor at the sign-in after it.</summary>
    internal const string Everything = "everything";

    /// <summary>192 random bits.</summary>
    internal const int SecretBytes = 24;

    public required Guid OrganizationId { get; init; }

    public required Guid AccountId { get; init; }

    public required string SecretHash { get; init; }

    public required string Kind { get; init; }

    /// <summary>Who made it: an account's id, or "command".</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// A passkey may be set with it. Not with one for a password alone: its second factor stays, and a passkey would step past it.
    /// </summary>
    internal bool TakesPasskey => Kind is Invitation or Everything;

    internal sealed class Mapping : IEntityTypeConfiguration<AccountLink>
    {
        public void Configure(EntityTypeBuilder<AccountLink> builder) =>
            builder.ToTable("account_link").Ignore(row => row.TakesPasskey).HasKey(row => new { row.OrganizationId, row.AccountId });
    }
}
