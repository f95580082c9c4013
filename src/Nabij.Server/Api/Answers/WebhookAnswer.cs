namespace Nabij.Server.Api.Answers;

/// <summary>An address that is told when something happens. docs/api/openapi.json says what each member is.</summary>
public sealed record WebhookAnswer(Guid Id, string Name, string Address, IReadOnlyList<string> Events, string State, DateTimeOffset? Since, string? OffReason);
