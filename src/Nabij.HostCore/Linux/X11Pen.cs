using System.Runtime.Versioning;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Draws marks, and masks of one bit that become the shapes of layers: the X server makes the lines. Widths in pixels of the desktop,
/// so that a mark looks the same whatever the technician's window shows. Used under the lock of <see cref="X11Drawing"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Pen(X11Connection x)
{
    /// <summary>Tuning: a line, its edge on each side, and the ring of the spot, on a display of 1,080 lines.</summary>
    private const int LineWidth = 5, EdgeWidth = 2, RingRadius = 20, RingWidth = 4;
    private const int BaseLines = 1_080;
    /// <summary>An arrow's head: its length, at most a part of the whole, and half its opening.</summary>
    private const int HeadLength = 26;
    private const double HeadPart = 0.5, HeadAngle = 0.5;

    /// <summary>How many pixels stand for one on a display of 1,080 lines.</summary>
    public int Unit { get; private set; } = 1;

    /// <summary>Half the widest line, with its edge.</summary>
    public int Reach => Unit * (LineWidth + 2 * EdgeWidth) / 2 + 1;

    /// <summary>Width and height of the ring around the spot, with its edges.</summary>
    public int RingSize => 2 * (Unit * (RingRadius + RingWidth / 2 + EdgeWidth) + 1);

    public void FitTo(int lines) => Unit = Math.Max(1, (int)Math.Round(lines / (double)BaseLines));

    /// <summary>Everything that these marks cover, with their edges, in pixels of the screen; an arrow's head included.</summary>
    public PixelArea Around(IEnumerable<DrawingPoint> points)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var point in points)
        {
            (left, right) = (Math.Min(left, point.X), Math.Max(right, point.X));
            (top, bottom) = (Math.Min(top, point.Y), Math.Max(bottom, point.Y));
        }
        var more = Reach + HeadLength * Unit;
        return new PixelArea(left - more, top - more, right - left + 1 + 2 * more, bottom - top + 1 + 2 * more);
    }

    /// <summary>Draws these marks on a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="place">Where it lies, in pixels of the screen.</param>
    /// <param name="marks">What to draw.</param>
    /// <param name="area">What they cover, in pixels of the screen; inside the place.</param>
    /// <param name="isAdded">False: they are all that the layer shows.</param>
    public void Draw(X11Layer layer, PixelArea place, IReadOnlyList<Mark> marks, PixelArea area, bool isAdded)
    {
        void DrawAll(nuint drawable, nint context, int edge, PixelArea origin)
        {
            foreach (var mark in marks)
            {
                SetWidth(context, LineWidth * mark.Strength / Mark.FullStrength + edge);
                Draw(drawable, context, mark, origin);
            }
        }
        WithMask(area, (mask, context) => DrawAll(mask, context, 2 * EdgeWidth, area),
            mask => layer.Show(area with { X = area.X - place.X, Y = area.Y - place.Y }, mask, canvas => DrawAll(canvas, layer.Context, 0, place), isAdded));
    }

    /// <summary>Makes the layer the ring of a spot.</summary>
    public void DrawRing(X11Layer layer)
    {
        var area = new PixelArea(0, 0, RingSize, RingSize);
        var (margin, size) = (RingSize / 2 - Unit * RingRadius, (uint)(2 * Unit * RingRadius));
        void DrawRing(nuint drawable, nint context, int edge)
        {
            SetWidth(context, RingWidth + edge);
            _ = LibX11Drawing.XDrawArc(x.Display, drawable, context, margin, margin, size, size, 0, LibX11Drawing.FullCircle);
        }
        WithMask(area, (mask, context) => DrawRing(mask, context, 2 * EdgeWidth),
            mask => layer.Show(area, mask, canvas => DrawRing(canvas, layer.Context, 0), isAdded: false));
    }

    private void SetWidth(nint context, int width) => _ = LibX11Drawing.XSetLineAttributes(
        x.Display, context, (uint)(Unit * width), LibX11Drawing.SolidLine, LibX11Drawing.RoundCap, LibX11Drawing.RoundJoin);

    private void WithMask(PixelArea area, Action<nuint, nint> draw, Action<nuint> use)
    {
        var mask = LibX11Drawing.XCreatePixmap(x.Display, x.Root, (uint)area.Width, (uint)area.Height, 1);
        var context = LibX11Drawing.XCreateGC(x.Display, mask, 0, 0);
        _ = LibX11Drawing.XSetForeground(x.Display, context, 0);
        _ = LibX11Drawing.XFillRectangle(x.Display, mask, context, 0, 0, (uint)area.Width, (uint)area.Height);
        _ = LibX11Drawing.XSetForeground(x.Display, context, 1);
        draw(mask, context);
        _ = LibX11Drawing.XFreeGC(x.Display, context);
        use(mask);
        _ = LibX11Drawing.XFreePixmap(x.Display, mask);
    }

    private void Draw(nuint mask, nint context, Mark mark, PixelArea area)
    {
        var (first, last) = (mark.Points[0], mark.Points[^1]);
        switch (mark.Shape)
        {
            case MarkShape.Arrow when first != last:
                DrawLines(mask, context, [first, last], area);
                DrawLines(mask, context, Head(first, last), area);
                break;
            case MarkShape.Rectangle when first != last:
                DrawLines(mask, context, [first, new(last.X, first.Y), last, new(first.X, last.Y), first], area);
                break;
            case MarkShape.Ellipse when first != last:
                _ = LibX11Drawing.XDrawArc(
                    x.Display, mask, context, Math.Min(first.X, last.X) - area.X, Math.Min(first.Y, last.Y) - area.Y,
                    (uint)Math.Abs(last.X - first.X), (uint)Math.Abs(last.Y - first.Y), 0, LibX11Drawing.FullCircle);
                break;
            default:
                DrawLines(mask, context, mark.Points.AsSpan(), area);
                break;
        }
    }

    private DrawingPoint[] Head(DrawingPoint tail, DrawingPoint tip)
    {
        var (dx, dy) = ((double)tail.X - tip.X, (double)tail.Y - tip.Y);
        var length = Math.Min(HeadLength * Unit, HeadPart * Math.Sqrt(dx * dx + dy * dy));
        var angle = Math.Atan2(dy, dx);
        return [Along(tip, angle - HeadAngle, length), tip, Along(tip, angle + HeadAngle, length)];
    }

    private static DrawingPoint Along(DrawingPoint from, double angle, double length) => new(
        (ushort)Math.Clamp(Math.Round(from.X + Math.Cos(angle) * length), 0, ushort.MaxValue),
        (ushort)Math.Clamp(Math.Round(from.Y + Math.Sin(angle) * length), 0, ushort.MaxValue));

    // One place alone is a dot: the X server draws nothing of a line that has one point.
    private void DrawLines(nuint mask, nint context, ReadOnlySpan<DrawingPoint> places, PixelArea area)
    {
        var points = new LibX11Drawing.Point[Math.Max(2, places.Length)];
        for (var index = 0; index < points.Length; index++)
        {
            var place = places[Math.Min(index, places.Length - 1)];
            points[index] = new LibX11Drawing.Point { X = Short(place.X - area.X), Y = Short(place.Y - area.Y) };
        }
        fixed (LibX11Drawing.Point* first = points)
            _ = LibX11Drawing.XDrawLines(x.Display, mask, context, first, points.Length, LibX11Drawing.FromOrigin);
    }

    private static short Short(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
