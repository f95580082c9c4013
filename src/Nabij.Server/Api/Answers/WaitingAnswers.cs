namespace Nabij.Server.Api.Answers;

/// <summary>Everybody who waits, longest first.</summary>
public sealed record WaitingAnswers(IReadOnlyList<WaitingAnswer> Items);
