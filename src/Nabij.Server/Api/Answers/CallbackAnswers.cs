namespace Nabij.Server.Api.Answers;

/// <summary>A page of the list, newest first. <paramref name="Next"/> is the cursor of the following page, or null.</summary>
public sealed record CallbackAnswers(IReadOnlyList<CallbackAnswer> Items, string? Next);
