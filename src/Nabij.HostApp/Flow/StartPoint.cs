namespace Nabij.HostApp.Flow;

/// <summary>Where the customer's way begins.</summary>
internal abstract record StartPoint
{
    /// <summary>The organization is known: verified from the program's own file, or not verified from an option.</summary>
    public sealed record Known(Organization Organization) : StartPoint;

    /// <summary>An address was given by an option.</summary>
    public sealed record Address(ShopAddress Value) : StartPoint;

    /// <summary>The block in the program's own file is not whole.</summary>
    public sealed record Damaged : StartPoint;

    /// <summary>The desktop is of a kind that cannot be captured yet.</summary>
    public sealed record Unreadable : StartPoint;

    /// <summary>Nothing is known: the person is asked.</summary>
    public sealed record Ask : StartPoint;
}
