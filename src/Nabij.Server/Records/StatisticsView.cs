namespace Nabij.Server.Records;

/// <summary>Figures over a time: a sum, by time, by technician.</summary>
public sealed record StatisticsView
{
    public required StatisticsFilter Filter { get; init; }

    public required StatisticsLine Sum { get; init; }

    public required IReadOnlyList<StatisticsLine> ByTime { get; init; }

    public required IReadOnlyList<StatisticsLine> ByTechnician { get; init; }

    public required KeptQuery Kept { get; init; }
}

/// <summary>What happened in one step of time, or at one technician.</summary>
/// <param name="Name">The day, the week's Monday, the month, or a person.</param>
/// <param name="Sessions">Those that began; of several people in one, the first technician's.</param>
/// <param name="Failed">Runs that did not become a session.</param>
/// <param name="Worked">Length of all that have ended, together.</param>
/// <param name="Longest">Length of the longest.</param>
/// <param name="Ended">How many have ended.</param>
/// <param name="Waited">Waiting of all whose waiting is known, together.</param>
/// <param name="Waits">How many those are.</param>
public sealed record StatisticsLine(string Name, int Sessions, int Failed, TimeSpan Worked, TimeSpan Longest, int Ended, TimeSpan Waited, int Waits)
{
    internal static readonly StatisticsLine None = new("", 0, 0, TimeSpan.Zero, TimeSpan.Zero, 0, TimeSpan.Zero, 0);

    /// <summary>Null when none has ended.</summary>
    public TimeSpan? AverageLength => Ended == 0 ? null : Worked / Ended;

    /// <summary>Null when none is known.</summary>
    public TimeSpan? AverageWait => Waits == 0 ? null : Waited / Waits;

    /// <param name="line">A run that began a session, or would have.</param>
    /// <param name="length">Of the session, or of the part that is meant; null while it runs.</param>
    internal StatisticsLine With(SessionLine line, TimeSpan? length)
    {
        if (line.StartedAt is null)
            return line.EndedAt is null ? this : this with { Failed = Failed + 1 };
        var sum = this with { Sessions = Sessions + 1 };
        if (length is { } lasted)
            sum = sum with { Worked = Worked + lasted, Longest = lasted > Longest ? lasted : Longest, Ended = Ended + 1 };
        return line.WaitedMs is { } waited ? sum with { Waited = Waited + TimeSpan.FromMilliseconds(waited), Waits = Waits + 1 } : sum;
    }

    /// <summary>Adds the run of somebody who joined a session: time, but no session and no waiting.</summary>
    internal StatisticsLine WithPart(SessionLine line) =>
        line.Duration is { } length ? this with { Worked = Worked + length, Longest = length > Longest ? length : Longest, Ended = Ended + 1 } : this;
}
