namespace Nabij.HostCore.Picture;

/// <summary>One monitor of the customer's computer, shared or not: its name and its place on the whole desktop, in pixels.</summary>
public sealed record DesktopDisplay(string Name, PixelArea Area)
{
    /// <summary>The one that the desktop calls the main one.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>What tells this monitor from the others while monitors come, go and change their size.</summary>
    public string Key => Name.Length > 0 ? Name : $"{Area.X},{Area.Y}";
}
