using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Knows what remote input must not reach: the windows of this program (all of one X client), also by the frame that a
/// window manager put around them, and whatever stands on a display that the customer does not share.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Targets(X11Connection x)
{
    // Every client has its own range of resource numbers, of the same size for all clients of a server.
    private readonly int rangeBits = x.RangeBits;
    // Frames hold their client one or two levels down; bounds against hostile trees.
    private const int DeepestFrame = 3, MostWindows = 64, MostParents = 16, MostTopWindows = 4096, MostRectangles = 256;
    private const nuint PointerRoot = 1;
    private nuint? range;

    /// <summary>Protects every window of the client that made this one.</summary>
    public void ProtectClientOf(nuint window) => range = window >> rangeBits;

    /// <summary>Whether a press where the pointer is now is for the technician to make.</summary>
    public bool MayPress(ScreenLayout? shared)
    {
        if (range is null && shared is not { IsPartial: true }) return true;
        _ = LibX11.XQueryPointer(x.Display, x.Root, out _, out var top, out var left, out var above, out _, out _, out _);
        if (shared is not null && shared.FromDesktop(left, above) is null) return false;
        return range is null || top == 0 || !Contains(top, DeepestFrame);
    }

    /// <summary>Whether a key where the focus is now is for the technician to press.</summary>
    public bool MayType(ScreenLayout? shared)
    {
        if (range is null && shared is not { IsPartial: true }) return true;
        _ = LibX11.XGetInputFocus(x.Display, out var focus, out _);
        // Without a window of its own the focus is wherever the pointer is.
        if (focus <= PointerRoot || focus == x.Root) return MayPress(shared);
        if (range is not null && focus >> rangeBits == range) return false;
        if (shared is not { IsPartial: true }) return true;
        return shared.Displays.Count > 0 && IsInSight(focus, shared);
    }

    // The whole window that holds the focus counts: the part that takes the keys may be tiny or lie outside of it.
    private bool IsInSight(nuint window, ScreenLayout shared)
    {
        for (var step = 0; step < MostParents; step++)
        {
            if (LibX11.XQueryTree(x.Display, window, out var root, out var parent, out var children, out _) == 0) return false;
            if (children != null) _ = LibX11.XFree((nint)children);
            if (parent == root || parent == 0) break;
            window = parent;
        }
        if (LibX11.XGetGeometry(x.Display, window, out _, out var left, out var top, out var width, out var height, out _, out _) == 0) return false;
        var area = new PixelArea(left - shared.Origin.X, top - shared.Origin.Y, (int)width, (int)height);
        return shared.Displays.Any(display => !ScreenLayout.AreaOf(display).Intersect(area).IsEmpty);
    }

    /// <summary>What this program's own windows cover of the desktop; none when no client is protected.</summary>
    public IReadOnlyList<PixelArea> OwnAreas()
    {
        if (range is null) return [];
        List<PixelArea> areas = [];
        foreach (var window in TopWindows())
            if (PlaceOf(window) is var (left, top) && Contains(window, DeepestFrame)) AddShape(areas, window, left, top);
        return areas;
    }

    /// <summary>Whether a window that is neither this program's own nor one of these stands above one of these.</summary>
    public bool HasForeignAbove(Func<nuint, bool> isOne)
    {
        var isAbove = false;
        foreach (var window in TopWindows())
        {
            if (isOne(window)) isAbove = true;
            else if (isAbove && PlaceOf(window) is not null && (range is null || !Contains(window, DeepestFrame))) return true;
        }
        return false;
    }

    // From the lowest to the highest.
    private nuint[] TopWindows()
    {
        if (LibX11.XQueryTree(x.Display, x.Root, out _, out _, out var children, out var count) == 0 || children == null) return [];
        var windows = new ReadOnlySpan<nuint>(children, (int)Math.Min(count, MostTopWindows)).ToArray();
        _ = LibX11.XFree((nint)children);
        return windows;
    }

    private (int Left, int Top)? PlaceOf(nuint window)
    {
        LibX11Drawing.WindowAttributes attributes;
        if (LibX11Drawing.XGetWindowAttributes(x.Display, window, &attributes) == 0 || attributes.MapState != LibX11Drawing.IsViewable) return null;
        return (attributes.X, attributes.Y);
    }

    private void AddShape(List<PixelArea> areas, nuint window, int left, int top)
    {
        var rectangles = LibX11Drawing.XShapeGetRectangles(x.Display, window, LibX11Drawing.BoundingShape, out var count, out _);
        if (rectangles == null) return;
        for (var index = 0; index < Math.Min(count, MostRectangles); index++)
            areas.Add(new PixelArea(left + rectangles[index].X, top + rectangles[index].Y, rectangles[index].Width, rectangles[index].Height));
        _ = LibX11.XFree((nint)rectangles);
    }

    private bool Contains(nuint window, int depth)
    {
        if (window >> rangeBits == range) return true;
        if (depth == 0 || LibX11.XQueryTree(x.Display, window, out _, out _, out var children, out var count) == 0) return false;
        var found = false;
        for (var i = 0; i < Math.Min(count, MostWindows) && !found; i++) found = Contains(children[i], depth - 1);
        if (children != null) _ = LibX11.XFree((nint)children);
        return found;
    }
}
