using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>A challenge that was given out and not answered yet. The browser holds its reference in a cookie; here is the reference's hash.</summary>
internal sealed class PasskeyCeremony
{
    public required Guid OrganizationId { get; init; }

    public required string ReferenceHash { get; init; }

    /// <summary>Of <see cref="PasskeyPurpose"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The sign-in, the step or the link that it belongs to; empty for a visitor.</summary>
    public required string BoundTo { get; init; }

    /// <summary>What Identity's handler compares the answer with: the challenge, and whose it is.</summary>
    public required string State { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PasskeyCeremony>
    {
        public void Configure(EntityTypeBuilder<PasskeyCeremony> builder) =>
            builder.ToTable("passkey_ceremony").HasKey(row => new { row.OrganizationId, row.ReferenceHash });
    }
}

/// <summary>What a challenge may be answered for; an answer to one never counts for another.</summary>
internal static class PasskeyPurpose
{
    internal const string SignIn = "sign-in", SecondStep = "second-step", Confirm = "confirm", Add = "add", Link = "link", Recovery = "recovery";
}
