namespace Nabij.Server.Api.Answers;

/// <summary>A test message is on its way, under this id.</summary>
public sealed record WebhookTested(string Message);
