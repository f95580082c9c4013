namespace Nabij.Server.Desk.Waiting;

/// <summary>
/// What changed since the last event of the same page: lines that are new or different, and nameplates that nobody waits
/// under any more. Both empty: nothing, and the line is alive.
/// </summary>
public sealed record WaitingChange(IReadOnlyList<WaitingLine> Came, IReadOnlyList<string> Gone);
