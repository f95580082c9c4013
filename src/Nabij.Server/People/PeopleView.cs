namespace Nabij.Server.People;

/// <summary>What the list of people shows.</summary>
public sealed record PeopleView
{
    public required IReadOnlyList<PersonLine> Lines { get; init; }

    /// <summary>Since when nobody may join a customer, after too many wrong codes; null when everybody may.</summary>
    public required string? StoppedSince { get; init; }

    /// <summary>Everybody may again, since a moment ago.</summary>
    public bool IsReleased { get; init; }
}
