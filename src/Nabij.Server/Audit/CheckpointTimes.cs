namespace Nabij.Server.Audit;

/// <summary>
/// When chains are signed, and for how long each signature is kept: every hour in which something was written; those of days
/// that lie more than a week back are thinned to the last of each day, in UTC (decision 0024).
/// </summary>
internal static class CheckpointTimes
{
    /// <summary>A little less than the hour between two looks, so that a look that comes a moment early does not wait for the next.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(59);

    /// <summary>No event of a server that runs waits longer for a checkpoint that is still kept: a day, and the hour behind it twice.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromHours(26);

    private const int WholeDays = 7;

    /// <summary>Days before this one hold their last checkpoint only.</summary>
    internal static DateTimeOffset ThinnedBefore(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(-WholeDays), TimeSpan.Zero);

    internal static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
