namespace Nabij.Protocol.Log;

/// <summary>What a check of a customer's log found.</summary>
public sealed record LogReport
{
    /// <summary>What the log is about; null when it cannot be read.</summary>
    public LogOpening? Opening { get; init; }

    /// <summary>The entries whose signature verifies, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries { get; init; } = [];

    /// <summary>The numbers of the entries whose head the technician countersigned, rising.</summary>
    public IReadOnlyList<uint> Countersigned { get; init; } = [];

    /// <summary>The first thing that is wrong; null when all is as it was written.</summary>
    public LogProblem? Problem { get; init; }

    /// <summary>The number of the entry in which that is, where there is one.</summary>
    public int? ProblemAt { get; init; }
}
