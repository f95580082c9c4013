using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>The size of the shared screen in pixels and the monitors on it (docs/protocol/05, LAYOUT).</summary>
public sealed record ScreenLayout(int Width, int Height, IReadOnlyList<Display> Displays)
{
    public static ScreenLayout OneDisplay(int width, int height, string name) =>
        new(width, height, [new Display(0, 0, width, height, name)]);

    /// <summary>False when the wire format cannot carry this screen.</summary>
    public bool IsWithinLimits => ScreenLimits.IsScreenSize(Width, Height) && Displays.Count is >= 1 and <= ScreenLimits.MostDisplays;

    public bool Equals(ScreenLayout? other) =>
        other is not null && Width == other.Width && Height == other.Height && Displays.SequenceEqual(other.Displays);

    public override int GetHashCode() => HashCode.Combine(Width, Height, Displays.Count);
}
