namespace Nabij.Server.Api;

/// <summary>One token in the list.</summary>
public sealed record TokenLine
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Hint { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required string Maker { get; init; }

    public required string Until { get; init; }

    /// <summary>Empty when it never was.</summary>
    public required string UsedAt { get; init; }

    public required string UsedFrom { get; init; }

    /// <summary>Empty is as the organization.</summary>
    public required string Networks { get; init; }

    /// <summary>"live", "expired", "revoked", or "orphaned" when its maker may no longer do any of it.</summary>
    public required string State { get; init; }
}
