namespace Nabij.Server.Api.Answers;

/// <summary>Somebody who works here. docs/api/openapi.json says what each member is.</summary>
public sealed record PersonAnswer(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, bool Active);
