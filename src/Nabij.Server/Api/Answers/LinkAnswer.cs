namespace Nabij.Server.Api.Answers;

/// <summary>An invitation of a customer to the help page. docs/api/openapi.json says what each member is.</summary>
public sealed record LinkAnswer(
    Guid Id, string Address, string Ticket, string CustomerName, string Language,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? OpenedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? RevokedAt);
