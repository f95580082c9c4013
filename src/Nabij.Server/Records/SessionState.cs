namespace Nabij.Server.Records;

/// <summary>
/// What a run is, in the words of the API. A technician's page tells the server when a handshake succeeded; of a relative, who
/// has no account, the server knows only that he or she came and went, so that such a run has states of its own.
/// </summary>
internal static class SessionState
{
    internal const string Connecting = "connecting", Active = "active", Ended = "ended", Failed = "failed", Watching = "watching", Watched = "watched";

    internal static readonly IReadOnlyList<string> All = [Connecting, Active, Ended, Failed, Watching, Watched];

    internal static string Of(SessionLine line) => line switch
    {
        { Role: SessionWords.Relative, Outcome: null } => line.EndedAt is null ? Watching : Watched,
        { StartedAt: null, EndedAt: null, Outcome: null } => Connecting,
        { StartedAt: null } => Failed,
        { EndedAt: null } => Active,
        _ => Ended,
    };

    /// <summary>Those in this state, in words that the database understands.</summary>
    internal static IQueryable<SessionLine> In(IQueryable<SessionLine> lines, string state) => state switch
    {
        Watching => lines.Where(row => row.Role == SessionWords.Relative && row.Outcome == null && row.EndedAt == null),
        Watched => lines.Where(row => row.Role == SessionWords.Relative && row.Outcome == null && row.EndedAt != null),
        Connecting => lines.Where(row => row.Role != SessionWords.Relative && row.StartedAt == null && row.EndedAt == null && row.Outcome == null),
        Failed => lines.Where(row => row.StartedAt == null && (row.Outcome != null || (row.EndedAt != null && row.Role != SessionWords.Relative))),
        Active => lines.Where(row => row.StartedAt != null && row.EndedAt == null),
        Ended => lines.Where(row => row.StartedAt != null && row.EndedAt != null),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
