namespace Nabij.Server.Api.Answers;

/// <summary>A webhook to make.</summary>
public sealed record NewWebhook(string Name, string Address, IReadOnlyList<string> Events);
