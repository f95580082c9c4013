namespace Nabij.Server.Api.Answers;

/// <summary>Who helped. The name is the one of today.</summary>
public sealed record TechnicianAnswer(Guid Id, string Name);
