namespace Nabij.Server.Desk.Waiting;

/// <summary>Takes a waiting customer. <paramref name="Over"/>: also when a colleague has taken it before.</summary>
public sealed record ClaimRequest(Guid? Place, bool? Over);
