using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Api;

/// <summary>What a call with an idempotency key was answered, for when its caller asks again because the answer was lost.</summary>
internal sealed class KeptAnswer
{
    public required Guid OrganizationId { get; init; }

    public required Guid TokenId { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required string IdempotencyHash { get; init; }

    /// <summary>SHA-256 over address and body of the call.</summary>
    public required string RequestHash { get; init; }

    public required int Status { get; init; }

    /// <summary>The body, sealed by a key that comes from the token: answers hold links and secrets that the database must not.</summary>
    public required byte[] Sealed { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<KeptAnswer>
    {
        public void Configure(EntityTypeBuilder<KeptAnswer> builder) =>
            builder.ToTable("kept_answer").HasKey(row => new { row.OrganizationId, row.TokenId, row.IdempotencyHash });
    }
}
