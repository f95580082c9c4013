namespace Nabij.Server.Desk.Notes;

/// <summary>The technician's own last sessions, newest first: where a note can still be finished.</summary>
public sealed record RecentSessions(IReadOnlyList<RecentSessions.Line> Sessions)
{
    /// <summary>One session. The name comes from the customer and is text. Seconds since it began: the page's clock need not be right.</summary>
    public sealed record Line(string Session, string Name, string Platform, long BeganSecondsAgo, long LastedSeconds, bool HasNote, long? WorkedSeconds);
}
