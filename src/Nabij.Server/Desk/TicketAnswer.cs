namespace Nabij.Server.Desk;

/// <summary>A ticket, 64 hex digits: a secret, used once, sent in the first message of the socket and nowhere else.</summary>
public sealed record TicketAnswer(string Ticket, int ExpiresInSeconds);
