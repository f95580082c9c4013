using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Invitations;

/// <summary>A technician's invitation for one customer: a link to the help page with a few words of its own (decision 0023).</summary>
internal sealed class CustomerInvitation
{
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Twelve letters and digits of the address. They open nothing but the words below.</summary>
    public required string Reference { get; init; }

    /// <summary>The account that made it.</summary>
    public required string MadeBy { get; init; }

    public required string MadeByName { get; init; }

    /// <summary>What the customer is called; may be empty.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public required string Message { get; init; }

    /// <summary>The number of a ticket elsewhere; may be empty.</summary>
    public required string Ticket { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the page was opened first.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When the terms were accepted on it.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomerInvitation>
    {
        public void Configure(EntityTypeBuilder<CustomerInvitation> builder) =>
            builder.ToTable("customer_invitation").HasKey(row => new { row.OrganizationId, row.Id });
    }
}
