namespace Nabij.HostApp.Flow;

/// <summary>What the flow needs of the world besides windows.</summary>
internal sealed record Surroundings
{
    public required TimeProvider Time { get; init; }

    /// <summary>The language to begin with, two letters.</summary>
    public required string Language { get; init; }

    /// <summary>Where the way begins.</summary>
    public required StartPoint Start { get; init; }

    /// <summary>The road to the shop's server.</summary>
    public required ShopServer Server { get; init; }

    /// <summary>Writes a fault of our own where a person who looks for it finds it; never a secret.</summary>
    public required Action<Exception> Report { get; init; }
}

/// <summary>Where the customer's way begins.</summary>
internal abstract record StartPoint
{
    /// <summary>The organization is known from the program's own file or from an option.</summary>
    public sealed record Organization(Flow.Organization Value) : StartPoint;

    /// <summary>An address was given by an option.</summary>
    public sealed record Address(ShopAddress Value) : StartPoint;

    /// <summary>The block in the program's own file is not whole.</summary>
    public sealed record Damaged : StartPoint;

    /// <summary>The desktop is of a kind that cannot be captured yet.</summary>
    public sealed record Unreadable : StartPoint;

    /// <summary>Nothing is known: the person is asked.</summary>
    public sealed record Ask : StartPoint;
}
