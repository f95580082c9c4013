using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Webhooks;

/// <summary>One message to one webhook, from the moment it is due until its log entry is deleted: the outbox and the log are one table.</summary>
internal sealed class WebhookDelivery
{
    internal const string Delivered = "delivered", Dropped = "dropped";

    public required Guid OrganizationId { get; init; }

    /// <summary>The same at every attempt, so that a receiver knows a message that it already has.</summary>
    public required Guid Id { get; init; }

    public required Guid WebhookId { get; init; }

    public required string Event { get; init; }

    /// <summary>What it is about: a session's or a callback's id; may be empty.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON, exactly as it is signed and sent.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null when it is finished.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; set; }

    /// <summary>Empty before the first attempt; <see cref="Delivered"/>, <see cref="Dropped"/>, or how the last attempt went (<see cref="PostOutcome"/>).</summary>
    public string Outcome { get; set; } = "";

    /// <summary>As the header webhook-id carries it.</summary>
    internal string MessageId => MessageIdOf(Id);

    internal static string MessageIdOf(Guid id) => $"msg_{id:N}";

    internal sealed class Mapping : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.ToTable("webhook_delivery").HasKey(row => new { row.OrganizationId, row.Id });
            builder.Ignore(row => row.MessageId);
        }
    }
}
