namespace Nabij.Server.Api.Answers;

/// <summary>Everybody, by name.</summary>
public sealed record PersonList(IReadOnlyList<PersonAnswer> Items);
