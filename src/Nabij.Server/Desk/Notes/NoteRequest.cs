namespace Nabij.Server.Desk.Notes;

/// <summary>Saves a note. <paramref name="Revision"/>: the one that the page has seen, 0 for none; another one is a conflict.</summary>
public sealed record NoteRequest(string? Text, long? Revision);
