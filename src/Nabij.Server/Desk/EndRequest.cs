namespace Nabij.Server.Desk;

/// <summary>Says why a session ended. <paramref name="Reason"/>: an end reason of docs/protocol/09-errors.md, or <c>connection-lost</c>.</summary>
public sealed record EndRequest(string? Reason);
