namespace Nabij.HostApp.Screens;

/// <summary>
/// One screen as data: what stands in a window, from top to bottom, and the presses below it.
/// A value: for each state the program makes a whole new one.
/// </summary>
/// <param name="Id">Names the screen for the program and for tests; never shown.</param>
/// <param name="Title">The window's title. Never holds a digit of the code.</param>
/// <param name="Parts">The parts in reading order, with ids unique within the screen.</param>
/// <param name="Presses">The buttons below, in reading order; the last is the outermost.</param>
internal sealed record Screen(string Id, string Title, IReadOnlyList<Part> Parts, IReadOnlyList<Press> Presses)
{
    /// <summary>True for a window on which a person may drop files.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>True for a window that opens without taking the keyboard: the person is typing somewhere else.</summary>
    public bool Quiet { get; init; }

    /// <summary>How long guarded presses do not answer yet; null for a short moment, long enough for a click that was meant for something else.</summary>
    public TimeSpan? CoolDown { get; init; }
}
