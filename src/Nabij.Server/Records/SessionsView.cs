namespace Nabij.Server.Records;

/// <summary>What the list of sessions shows.</summary>
public sealed record SessionsView
{
    public required SessionFilter Filter { get; init; }

    public required IReadOnlyList<SessionRow> Rows { get; init; }

    /// <summary>Whom the reader may choose; empty when only the own sessions are shown.</summary>
    public required IReadOnlyList<KeyValuePair<Guid, string>> Technicians { get; init; }

    public required KeptQuery Kept { get; init; }

    /// <summary>Names the next page; null on the last.</summary>
    public required string? Next { get; init; }

    public required bool IsLater { get; init; }

    public required bool MayExport { get; init; }

    public required bool SeesAll { get; init; }
}
