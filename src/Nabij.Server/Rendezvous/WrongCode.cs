using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Rendezvous;

/// <summary>One wrong code (four quarters) or unknown nameplate (one quarter) of a technician; kept for a day.</summary>
internal sealed class WrongCode
{
    internal const int WrongConfirmation = 4;
    internal const int UnknownNameplate = 1;

    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required Guid TechnicianId { get; init; }

    /// <summary>Where the technician's page came from: <see cref="Web.RateLimits.AddressKey"/>.</summary>
    public required string Address { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int Quarters { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<WrongCode>
    {
        public void Configure(EntityTypeBuilder<WrongCode> builder) =>
            builder.ToTable("wrong_code").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
