using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Rendezvous;

/// <summary>So many wrong codes came from a whole organization in a day that nobody of it joins until an administrator lifts it.</summary>
internal sealed class WrongCodeStop
{
    public required Guid OrganizationId { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<WrongCodeStop>
    {
        public void Configure(EntityTypeBuilder<WrongCodeStop> builder) =>
            builder.ToTable("wrong_code_stop").HasKey(row => row.OrganizationId);
    }
}
