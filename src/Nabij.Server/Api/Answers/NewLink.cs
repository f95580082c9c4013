namespace Nabij.Server.Api.Answers;

/// <summary>A link to make. Everything may be left out.</summary>
public sealed record NewLink(string? Ticket = null, string? CustomerName = null, string? Language = null, string? Message = null, int? Hours = null);
