namespace Nabij.HostCore.Picture;

/// <summary>The window in front. Its title and programs never leave the computer and enter no log.</summary>
/// <param name="Id">Names the window on its desktop.</param>
/// <param name="Title">As its program gave it; may be empty.</param>
/// <param name="Programs">What its program is called, by the system and by itself; may be empty.</param>
/// <param name="IsOwn">Whether it belongs to this program.</param>
public sealed record ActiveWindow(ulong Id, string Title, IReadOnlyList<string> Programs, bool IsOwn = false)
{
    // A title may name anything, also what nobody may read.
    public override string ToString() => $"ActiveWindow {Id}";
}
