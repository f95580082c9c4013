namespace Nabij.Server.People;

/// <summary>One person in the list.</summary>
public sealed record PersonLine
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>In the order of the rights.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required bool IsOff { get; init; }

    /// <summary>Has set a password or a passkey, or come by the identity provider.</summary>
    public required bool HasJoined { get; init; }

    /// <summary>Kind of the link that waits for this person; null for none.</summary>
    public required string? LinkKind { get; init; }

    public required string LinkUntil { get; init; }

    /// <summary>Since when too many wrong codes keep this person out until somebody lets him or her in again; null when they do not.</summary>
    public string? LockedSince { get; init; }

    /// <summary>Until when wrong codes keep this person out; null when they do not.</summary>
    public string? PausedUntil { get; init; }

    public bool IsSignedIn { get; init; }

    /// <summary>The reader may open and change this person.</summary>
    public bool MayChange { get; init; }
}
