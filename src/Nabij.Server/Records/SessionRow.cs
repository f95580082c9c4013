namespace Nabij.Server.Records;

/// <summary>One run in a list, in the reader's words.</summary>
public sealed record SessionRow
{
    public required string Id { get; init; }

    public required string When { get; init; }

    public required string Customer { get; init; }

    public required string Technician { get; init; }

    public required string Duration { get; init; }

    public required string End { get; init; }

    public required string Platform { get; init; }

    public required bool BecameSession { get; init; }

    /// <summary>With those who joined named behind the first technician.</summary>
    internal SessionRow With(IEnumerable<string> others) => this with { Technician = string.Join(", ", others.Prepend(Technician).Distinct(StringComparer.Ordinal)) };
}
