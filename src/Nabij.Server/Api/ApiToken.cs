using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Api;

/// <summary>A token by which another program of the organization calls <c>/api/v1</c>. Of the token itself there is only its SHA-256.</summary>
internal sealed class ApiToken
{
    /// <summary>Tokens that an organization may have at once, expired and revoked ones apart.</summary>
    internal const int Most = 50;

    internal const int LongestName = 64;

    /// <summary>No token lives longer, whatever its maker asks for.</summary>
    internal const int MostDays = 366;

    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>What its maker calls it, 1-64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its beginning, by which people recognize it.</summary>
    public required string Hint { get; init; }

    public required string SecretHash { get; init; }

    /// <summary>Separated by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>From where it may be used, as <see cref="Accounts.AllowedNetworks"/>; null is as the organization.</summary>
    public string? Networks { get; init; }

    public required Guid MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    public string UsedFrom { get; set; } = "";

    public DateTimeOffset? RevokedAt { get; set; }

    internal IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder)
        {
            builder.ToTable("api_token").HasKey(row => new { row.OrganizationId, row.Id });
            builder.Ignore(row => row.ScopeList);
        }
    }
}
