using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// What is shared of the desktop: the smallest rectangle around the shared displays, and these displays inside it
/// (docs/protocol/05, LAYOUT). What lies inside and belongs to none of them is black. Immutable.
/// </summary>
public sealed record ScreenLayout(int Width, int Height, IReadOnlyList<Display> Displays)
{
    // Something to be black while no display is shared; any size within the limits would do.
    private const int EmptyWidth = 640, EmptyHeight = 360;

    /// <summary>No display is shared: the picture is black.</summary>
    public static ScreenLayout Empty { get; } = new(EmptyWidth, EmptyHeight, []) { IsPartial = true };

    /// <summary>Where the left upper corner lies on the whole desktop.</summary>
    public (int X, int Y) Origin { get; init; }

    /// <summary>True when the desktop has displays that are not shared.</summary>
    public bool IsPartial { get; init; }

    /// <summary>False when the wire format cannot carry this screen.</summary>
    public bool IsWithinLimits => ScreenLimits.IsScreenSize(Width, Height) && Displays.Count <= ScreenLimits.MostDisplays;

    public static ScreenLayout OneDisplay(int width, int height, string name) =>
        new(width, height, [new Display(0, 0, width, height, name)]);

    /// <summary>
    /// The chosen ones of these displays. One that, with those before it, is more than the wire format can carry stays out;
    /// when that is all of them the layout is empty.
    /// </summary>
    public static ScreenLayout Of(IReadOnlyList<DesktopDisplay> desktop, DisplayChoice choice)
    {
        List<DesktopDisplay> shared = [];
        foreach (var display in desktop.Where(choice.Includes))
        {
            shared.Add(display);
            if (!Around(shared).IsWithinLimits) shared.RemoveAt(shared.Count - 1);
        }
        return Around(shared) with { IsPartial = shared.Count < desktop.Count };
    }

    /// <summary>The place on the desktop for this pixel of the screen, moved into the nearest shared display; null when there is none.</summary>
    public (int X, int Y)? ToDesktop(int x, int y)
    {
        (int X, int Y)? nearest = null;
        var least = long.MaxValue;
        foreach (var display in Displays)
        {
            var inside = (X: Math.Clamp(x, display.X, display.X + display.Width - 1), Y: Math.Clamp(y, display.Y, display.Y + display.Height - 1));
            var distance = Square(inside.X - x) + Square(inside.Y - y);
            if (distance >= least) continue;
            (nearest, least) = (inside, distance);
        }
        return nearest is { } place ? (place.X + Origin.X, place.Y + Origin.Y) : null;
    }

    /// <summary>The pixel of the screen at this place of the desktop; null when it lies on no shared display.</summary>
    public (int X, int Y)? FromDesktop(int x, int y)
    {
        var (left, top) = (x - Origin.X, y - Origin.Y);
        // By index, as this runs for every frame: enumerating a list behind its interface allocates.
        for (var i = 0; i < Displays.Count; i++)
            if (AreaOf(Displays[i]).Contains(left, top)) return (left, top);
        return null;
    }

    public bool Equals(ScreenLayout? other) =>
        other is not null && (Width, Height, Origin, IsPartial) == (other.Width, other.Height, other.Origin, other.IsPartial) && Displays.SequenceEqual(other.Displays);

    public override int GetHashCode() => HashCode.Combine(Width, Height, Origin, Displays.Count);

    /// <summary>The shared displays, in pixels of the whole desktop.</summary>
    public IEnumerable<PixelArea> DesktopAreas =>
        Displays.Select(display => new PixelArea(display.X + Origin.X, display.Y + Origin.Y, display.Width, display.Height));

    internal static PixelArea AreaOf(Display display) => new(display.X, display.Y, display.Width, display.Height);

    private static ScreenLayout Around(List<DesktopDisplay> shared)
    {
        if (shared.Count == 0) return Empty;
        var box = shared.Aggregate(shared[0].Area, (around, display) => around.Around(display.Area));
        var inside = shared.Select(display =>
            new Display(display.Area.X - box.X, display.Area.Y - box.Y, display.Area.Width, display.Area.Height, display.Name));
        return new ScreenLayout(Math.Max(box.Width, ScreenLimits.LeastSide), Math.Max(box.Height, ScreenLimits.LeastSide), [.. inside])
        {
            Origin = (box.X, box.Y),
        };
    }

    private static long Square(long distance) => distance * distance;
}
