namespace Nabij.Server.Api.Answers;

/// <summary>A customer who asked to be called back. docs/api/openapi.json says what each member is.</summary>
public sealed record CallbackAnswer(
    Guid Id, string State, string Name, string Phone, string Email, string Problem, string Language, string CheckNumber,
    DateTimeOffset AskedAt, string HandledBy, DateTimeOffset? HandledAt);
