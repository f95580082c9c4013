namespace Nabij.Server.Api.Answers;

/// <summary>What becomes of a request to call back.</summary>
public sealed record CallbackChange(string State);
