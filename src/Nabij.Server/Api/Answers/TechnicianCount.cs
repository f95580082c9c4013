namespace Nabij.Server.Api.Answers;

/// <summary>The sessions of one technician.</summary>
public sealed record TechnicianCount(Guid Id, string Name, int Sessions, long Seconds);
