using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// What a person was sent to the provider for, and who asked. It waits here, because the sign-in cookie does not come back with
/// the browser: it is for requests of this site only (SameSite=Strict). The browser carries a random reference in the protected
/// state; here is its hash, so that neither this table nor the key ring nor both together make a journey that nobody began.
/// </summary>
internal sealed class ProviderJourney
{
    /// <summary>Whose provider.</summary>
    public required Guid OrganizationId { get; init; }

    public required string ReferenceHash { get; init; }

    /// <summary>Of <see cref="ProviderPurpose"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Where to go afterwards: a path of this site.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>Of the pages in between.</summary>
    public required string Language { get; init; }

    /// <summary>What the id token must carry.</summary>
    public required string Nonce { get; init; }

    /// <summary>The sign-in that asks; empty at the sign-in page.</summary>
    public required string SignIn { get; init; }

    /// <summary>Whose sign-in that is; null at the sign-in page.</summary>
    public required Guid? AccountId { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProviderJourney>
    {
        public void Configure(EntityTypeBuilder<ProviderJourney> builder) =>
            builder.ToTable("provider_journey").HasKey(row => new { row.OrganizationId, row.ReferenceHash });
    }
}

/// <summary>What the journey is for.</summary>
internal static class ProviderPurpose
{
    internal const string SignIn = "sign-in", Confirm = "confirm", Connect = "connect";
}
