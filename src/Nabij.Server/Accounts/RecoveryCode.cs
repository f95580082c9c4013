using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>A code for when the telephone with the authenticator is lost. Serves once; only its hash is kept.</summary>
internal sealed class RecoveryCode
{
    /// <summary>How many an account gets at once.</summary>
    internal const int Count = 10;

    private const int RandomBytes = 10;

    private const int GroupLength = 4;

    public required Guid OrganizationId { get; init; }

    public required Guid AccountId { get; init; }

    public required string CodeHash { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>80 random bits as four groups of four letters and digits.</summary>
    internal static string Create() =>
        string.Join('-', Totp.Base32(RandomNumberGenerator.GetBytes(RandomBytes)).ToLowerInvariant().Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>Hash of what was typed, however it was spaced.</summary>
    internal static string Hash(string typed) => Reference.Hash(string.Concat(typed.Where(char.IsLetterOrDigit)).ToLowerInvariant());

    internal sealed class Mapping : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder) =>
            builder.ToTable("recovery_code").HasKey(row => new { row.OrganizationId, row.AccountId, row.CodeHash });
    }
}
