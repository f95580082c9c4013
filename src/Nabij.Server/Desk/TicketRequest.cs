namespace Nabij.Server.Desk;

/// <summary>Asks for a ticket to <c>/ws/viewer</c>. <paramref name="Nameplate"/>: the first three or four digits of the code.</summary>
public sealed record TicketRequest(string? Nameplate);
