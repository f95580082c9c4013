namespace Nabij.Server.Webhooks;

/// <summary>One webhook in a list.</summary>
public sealed record WebhookLine
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>"on", "failing" or "off".</summary>
    public required string State { get; init; }

    /// <summary>When it went off or began to fail; empty when it is on.</summary>
    public required string Since { get; init; }

    /// <summary>Why it is off; empty when it is not.</summary>
    public required string OffReason { get; init; }
}
