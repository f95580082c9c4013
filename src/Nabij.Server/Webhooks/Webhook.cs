using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Webhooks;

/// <summary>An address that is told when something happens.</summary>
internal sealed class Webhook
{
    /// <summary>Webhooks that an organization may have.</summary>
    internal const int Most = 20;

    internal const int LongestName = 64;

    /// <summary>Why one is off: by a person, after <see cref="WebhookRetries.SwitchOffAfter"/> of failures, by 410, or because too much waited.</summary>
    internal const string ByAdmin = "admin", Failing = "failing", Gone = "gone", Full = "full";

    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>An absolute address that <see cref="WebhookAddress"/> accepted.</summary>
    public required string Address { get; set; }

    /// <summary>Separated by spaces.</summary>
    public required string Events { get; set; }

    /// <summary>Sealed by the key ring.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before this one, which signs too until <see cref="OlderUntil"/>.</summary>
    public string? OlderSecret { get; set; }

    public DateTimeOffset? OlderUntil { get; set; }

    /// <summary>An account, or the token that made it.</summary>
    public required Guid MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nothing has arrived; null when the last message did.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset? OffAt { get; set; }

    public string OffReason { get; set; } = "";

    internal bool Tells(string happening) => EventList.Contains(happening);

    internal IReadOnlyList<string> EventList => Events.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<Webhook>
    {
        public void Configure(EntityTypeBuilder<Webhook> builder)
        {
            builder.ToTable("webhook").HasKey(row => new { row.OrganizationId, row.Id });
            builder.Ignore(row => row.EventList);
        }
    }
}
