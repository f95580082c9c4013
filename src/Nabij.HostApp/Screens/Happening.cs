namespace Nabij.HostApp.Screens;

/// <summary>What a person did to a part or a press.</summary>
/// <param name="Window">The key of the window.</param>
/// <param name="Screen">The screen that stood there.</param>
/// <param name="Part">The part's, press's or menu item's id; <see cref="Closed"/> for the window's own close button.</param>
/// <param name="Value">"on" or "off", an option's id, or the text; null for a press.</param>
internal sealed record Happening(string Window, string Screen, string Part, string? Value = null)
{
    /// <summary>The part named when a person drops files on the window; the value is a text/uri-list.</summary>
    public const string Dropped = "files-dropped";

    /// <summary>The part named when a person asks the window itself to close. The window stays until the program closes it.</summary>
    public const string Closed = "window-closed";
}
