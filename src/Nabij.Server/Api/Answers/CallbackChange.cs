namespace Nabij.Server.Api.Answers;

/// <summary>What becomes of a request to call back; <paramref name="Over"/>: also when somebody else has it.</summary>
public sealed record CallbackChange(string State, bool Over = false);
