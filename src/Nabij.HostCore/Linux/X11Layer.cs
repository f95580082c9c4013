using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Something drawn over the desktop in one color with a white edge: a window outside the window manager's reach, whose
/// shape is what is drawn with its edge, and whose background is the drawing, so that the X server repaints it by itself.
/// Nothing else of the window is there, with a compositor and without one; its input shape is empty, so that every press
/// goes to what lies below. Used under the lock of <see cref="X11Drawing"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Layer : IDisposable
{
    private const uint White = 0xFFFFFF;

    private readonly X11Connection x;
    private readonly nuint window, canvas, white;

    /// <summary>Makes a layer over this part of the desktop; nothing of it is to be seen yet.</summary>
    public X11Layer(X11Connection x, PixelArea place, uint color)
    {
        this.x = x;
        Place = place;
        white = PixelOf(White);
        window = Create();
        canvas = LibX11Drawing.XCreatePixmap(x.Display, x.Root, (uint)place.Width, (uint)place.Height, (uint)LibX11.XDefaultDepth(x.Display, x.Screen));
        Context = LibX11Drawing.XCreateGC(x.Display, canvas, 0, 0);
        Color = PixelOf(color);
    }

    /// <summary>In pixels of the desktop.</summary>
    public PixelArea Place { get; private set; }

    /// <summary>The pixel value of the color.</summary>
    public nuint Color { get; }

    /// <summary>For drawing on the canvas.</summary>
    public nint Context { get; }

    public bool Is(nuint other) => window == other;

    public void MoveTo(int left, int top)
    {
        Place = Place with { X = left, Y = top };
        _ = LibX11Drawing.XMoveWindow(x.Display, window, left, top);
    }

    public void Raise() => _ = LibX11Drawing.XRaiseWindow(x.Display, window);

    /// <summary>Shows a drawing.</summary>
    /// <param name="area">What it covers, in pixels of the layer.</param>
    /// <param name="edge">A mask as large as the area: the drawing with its edge.</param>
    /// <param name="draw">Draws it on the canvas it is given, in pixels of the layer.</param>
    /// <param name="isAdded">False: it is all that the layer shows.</param>
    public void Show(PixelArea area, nuint edge, Action<nuint> draw, bool isAdded)
    {
        if (!isAdded)
        {
            _ = LibX11Drawing.XSetForeground(x.Display, Context, white);
            _ = LibX11Drawing.XFillRectangle(x.Display, canvas, Context, 0, 0, (uint)Place.Width, (uint)Place.Height);
        }
        _ = LibX11Drawing.XSetForeground(x.Display, Context, Color);
        draw(canvas);
        // Said each time, since a server may have made a copy.
        _ = LibX11Drawing.XSetWindowBackgroundPixmap(x.Display, window, canvas);
        LibX11Drawing.XShapeCombineMask(
            x.Display, window, LibX11Drawing.BoundingShape, area.X, area.Y, edge, isAdded ? LibX11Drawing.Union : LibX11Drawing.Set);
        _ = LibX11Drawing.XClearArea(x.Display, window, area.X, area.Y, (uint)area.Width, (uint)area.Height, 0);
    }

    /// <summary>Takes away what lies outside these areas of the desktop, and what lies inside those.</summary>
    public void Clip(IReadOnlyList<PixelArea> inside, IReadOnlyList<PixelArea> outside)
    {
        Combine(inside, LibX11Drawing.Intersect);
        if (outside.Count > 0) Combine(outside, LibX11Drawing.Subtract);
    }

    public void Dispose()
    {
        if (x.IsLost) return;
        _ = LibX11Drawing.XDestroyWindow(x.Display, window);
        _ = LibX11Drawing.XFreeGC(x.Display, Context);
        _ = LibX11Drawing.XFreePixmap(x.Display, canvas);
    }

    private void Combine(IReadOnlyList<PixelArea> areas, int operation)
    {
        XExtensions.Rectangle[] rectangles =
        [
            .. areas.Select(area => area with { X = area.X - Place.X, Y = area.Y - Place.Y })
                .Select(area => area.Intersect(new PixelArea(0, 0, Place.Width, Place.Height))).Where(area => !area.IsEmpty)
                .Select(area => new XExtensions.Rectangle { X = (short)area.X, Y = (short)area.Y, Width = (ushort)area.Width, Height = (ushort)area.Height }),
        ];
        fixed (XExtensions.Rectangle* first = rectangles)
            LibX11Drawing.XShapeCombineRectangles(x.Display, window, LibX11Drawing.BoundingShape, 0, 0, first, rectangles.Length, operation, LibX11Drawing.Unsorted);
    }

    private nuint Create()
    {
        var values = new LibX11Drawing.WindowValues { BackgroundPixel = white, OverrideRedirect = 1 };
        var made = LibX11Drawing.XCreateWindow(
            x.Display, x.Root, Place.X, Place.Y, (uint)Place.Width, (uint)Place.Height, 0, 0, LibX11Drawing.InputOutput, 0,
            LibX11Drawing.BackgroundPixel | LibX11Drawing.OverrideRedirect, &values);
        // Most compositors put no shadow below what is being dragged; picom is told by a property.
        Say(made, "_NET_WM_WINDOW_TYPE", LibX11Drawing.AtomType, LibX11.XInternAtom(x.Display, "_NET_WM_WINDOW_TYPE_DND", 0));
        Say(made, "_COMPTON_SHADOW", LibX11Drawing.CardinalType, 0);
        foreach (var shape in (ReadOnlySpan<int>)[LibX11Drawing.BoundingShape, LibX11Drawing.InputShape])
            LibX11Drawing.XShapeCombineRectangles(x.Display, made, shape, 0, 0, null, 0, LibX11Drawing.Set, LibX11Drawing.Unsorted);
        _ = LibX11Drawing.XMapRaised(x.Display, made);
        return made;
    }

    private void Say(nuint made, string property, nuint type, nuint value) =>
        _ = LibX11.XChangeProperty(x.Display, made, LibX11.XInternAtom(x.Display, property, 0), type, 32, 0, &value, 1);

    private nuint PixelOf(uint rgb)
    {
        const ushort Widen = 0x101;
        var color = new LibX11Drawing.Color
        {
            Red = (ushort)((rgb >> 16 & 0xFF) * Widen), Green = (ushort)((rgb >> 8 & 0xFF) * Widen), Blue = (ushort)((rgb & 0xFF) * Widen),
        };
        _ = LibX11Drawing.XAllocColor(x.Display, LibX11Drawing.XDefaultColormap(x.Display, x.Screen), &color);
        return color.Pixel;
    }
}
