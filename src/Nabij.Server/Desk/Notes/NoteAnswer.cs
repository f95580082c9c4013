namespace Nabij.Server.Desk.Notes;

/// <summary>A technician's own note and time of one session; empty, with revision 0 and no time, where nothing was written yet. Seconds.</summary>
public sealed record NoteAnswer(string Text, long Revision, long Counted, long? Corrected);
