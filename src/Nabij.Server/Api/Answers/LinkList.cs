namespace Nabij.Server.Api.Answers;

/// <summary>A page of the list, newest first. <paramref name="Next"/> is the cursor of the following page, or null.</summary>
public sealed record LinkList(IReadOnlyList<LinkAnswer> Items, string? Next);
