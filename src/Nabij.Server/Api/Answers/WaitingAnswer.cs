namespace Nabij.Server.Api.Answers;

/// <summary>A customer who waits for a technician now. All but the time comes from the customer's program.</summary>
public sealed record WaitingAnswer(string Name, string Language, string Platform, DateTimeOffset Since);
