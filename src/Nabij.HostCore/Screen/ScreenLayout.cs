namespace Nabij.HostCore.Screen;

/// <summary>One monitor: its place on the shared screen in pixels, and the name people know it by (may be empty).</summary>
public readonly record struct DisplayArea(int X, int Y, int Width, int Height, string Name);

/// <summary>The size of the shared screen in pixels and the monitors on it (docs/protocol/05, LAYOUT).</summary>
public sealed record ScreenLayout(int Width, int Height, IReadOnlyList<DisplayArea> Displays)
{
    /// <summary>Limits of chapter 05: both sides at least 16, at most 16,384, and 33,554,432 pixels in all.</summary>
    public const int SmallestSide = 16, LargestSide = 16_384, MostPixels = 33_554_432, MostDisplays = 16;

    public static ScreenLayout OneDisplay(int width, int height, string name) =>
        new(width, height, [new DisplayArea(0, 0, width, height, name)]);

    /// <summary>False when the wire format cannot carry a screen of this size.</summary>
    public bool IsWithinLimits =>
        Width is >= SmallestSide and <= LargestSide && Height is >= SmallestSide and <= LargestSide &&
        (long)Width * Height <= MostPixels && Displays.Count is >= 1 and <= MostDisplays;

    public bool Equals(ScreenLayout? other) =>
        other is not null && Width == other.Width && Height == other.Height && Displays.SequenceEqual(other.Displays);

    public override int GetHashCode() => HashCode.Combine(Width, Height, Displays.Count);
}
