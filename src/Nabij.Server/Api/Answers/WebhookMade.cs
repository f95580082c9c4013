namespace Nabij.Server.Api.Answers;

/// <summary>A new webhook with its secret, which is told this once.</summary>
public sealed record WebhookMade(WebhookAnswer Webhook, string Secret);
