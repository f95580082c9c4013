namespace Nabij.Server.Desk.Notes;

/// <summary>The note is kept; this is its revision now.</summary>
public sealed record NoteSaved(long Revision);
