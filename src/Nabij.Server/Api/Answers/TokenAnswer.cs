namespace Nabij.Server.Api.Answers;

/// <summary>The token that asks.</summary>
public sealed record TokenAnswer(string Name, IReadOnlyList<string> Scopes, string Organization, DateTimeOffset ExpiresAt);
