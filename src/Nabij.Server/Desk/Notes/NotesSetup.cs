namespace Nabij.Server.Desk.Notes;

/// <summary>What the desk needs for notes and times: the organization's templates and its unit of time.</summary>
/// <param name="Templates">In the order of their names.</param>
/// <param name="UnitMinutes">0: to the second.</param>
/// <param name="Rounding"><c>up</c> or <c>nearest</c>.</param>
public sealed record NotesSetup(IReadOnlyList<NotesSetup.Template> Templates, int UnitMinutes, string Rounding)
{
    /// <summary>A text that a note can begin with, and for technicians of which language; empty for all.</summary>
    public sealed record Template(string Name, string Language, string Text);
}
