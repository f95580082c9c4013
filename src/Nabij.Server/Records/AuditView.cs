namespace Nabij.Server.Records;

/// <summary>What the page of the audit log shows.</summary>
public sealed record AuditView
{
    public required AuditFilter Filter { get; init; }

    public required IReadOnlyList<AuditRow> Rows { get; init; }

    /// <summary>People, then tokens: as the filter names them, and their names.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Actors { get; init; }

    public required KeptQuery Kept { get; init; }

    /// <summary>The number that the next page begins before; null on the last.</summary>
    public required long? Next { get; init; }

    /// <summary>When the newest checkpoint was signed and of which event; null when none was.</summary>
    public required (string When, long Seq)? Checkpoint { get; init; }

    /// <summary>What a check just found; null when none was asked for.</summary>
    public AuditCheck? Check { get; init; }
}

/// <summary>What a check of the whole chain found.</summary>
/// <param name="Count">Events that are whole.</param>
/// <param name="Hash">Of the last of them.</param>
/// <param name="Checkpoints">Signed points that the chain meets.</param>
/// <param name="Problem">In words for the operator, as `verify-audit` says it; null when nothing is wrong.</param>
public sealed record AuditCheck(long Count, string Hash, int Checkpoints, string? Problem)
{
    /// <summary>What keeps a chain without a problem from being proven, in such words; null when nothing does.</summary>
    public string? Doubt { get; init; }

    /// <summary>What the reader should know besides, in such words; null when there is nothing.</summary>
    public string? Note { get; init; }
}
