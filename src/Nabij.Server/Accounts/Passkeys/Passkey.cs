using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>
/// One passkey of one person (WebAuthn, level 3: a discoverable credential whose use asks for a finger, a face or a PIN). It
/// counts as both factors. Only its public half is here.
/// </summary>
internal sealed class Passkey
{
    /// <summary>More than anybody has devices.</summary>
    internal const int Most = 20;

    internal const int LongestName = 64;

    /// <summary>WebAuthn 6.5.1.</summary>
    private const int LongestCredentialBytes = 1023;

    public required Guid OrganizationId { get; init; }

    /// <summary>The credential id, base64url.</summary>
    public required string CredentialId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>COSE_Key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>How often the authenticator says it has signed; 0 for ever with those that do not count.</summary>
    public required long SignCount { get; set; }

    /// <summary>How browsers reach it ("internal", "usb" ...), separated by spaces.</summary>
    public required string Transports { get; init; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When its count went back or stood still, as that of a copy would: it opens nothing any more.</summary>
    public DateTimeOffset? SuspectedAt { get; set; }

    internal static string Text(ReadOnlySpan<byte> credentialId) => credentialId.Length <= LongestCredentialBytes ? Base64Url.EncodeToString(credentialId) : "";

    /// <summary>
    /// As Identity's handler reads it. The count is left out, because <see cref="PasskeyBook"/> compares it in the statement
    /// that stores the new one: two proofs that arrive at once cannot both pass.
    /// </summary>
    internal UserPasskeyInfo ForHandler() => new(
        Base64Url.DecodeFromChars(CredentialId), PublicKey, CreatedAt, signCount: 0, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        isUserVerified: true, IsBackupEligible, IsBackedUp, attestationObject: [], clientDataJson: []);

    internal sealed class Mapping : IEntityTypeConfiguration<Passkey>
    {
        public void Configure(EntityTypeBuilder<Passkey> builder) =>
            builder.ToTable("passkey").HasKey(row => new { row.OrganizationId, row.CredentialId });
    }
}
