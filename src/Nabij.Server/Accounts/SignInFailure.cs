using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Accounts;

/// <summary>Failures of one account name from one address. Names that do not exist are counted in the same way.</summary>
internal sealed class SignInFailure
{
    public required Guid OrganizationId { get; init; }

    public required string PairHash { get; init; }

    public required int Failures { get; set; }

    public required DateTimeOffset FailedAt { get; set; }

    public required DateTimeOffset LockedUntil { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SignInFailure>
    {
        public void Configure(EntityTypeBuilder<SignInFailure> builder) =>
            builder.ToTable("sign_in_failure").HasKey(row => new { row.OrganizationId, row.PairHash });
    }
}
