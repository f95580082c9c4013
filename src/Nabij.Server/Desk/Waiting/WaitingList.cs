namespace Nabij.Server.Desk.Waiting;

/// <summary>The customers who wait, longest first: at most one for each of the 2,800 nameplates.</summary>
public sealed record WaitingList(IReadOnlyList<WaitingLine> Customers);
