namespace Nabij.Server.Api.Answers;

/// <summary>All of them, by name.</summary>
public sealed record WebhookList(IReadOnlyList<WebhookAnswer> Items);
