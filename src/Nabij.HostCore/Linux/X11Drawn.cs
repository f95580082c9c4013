using System.Collections.Immutable;
using System.Runtime.Versioning;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Linux;

/// <summary>
/// What one technician draws, as layers on the desktop. A mark that only grows adds its new end to the shape; anything else
/// draws all of them again. Used under the lock of <see cref="X11Drawing"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class X11Drawn(X11Connection x, X11Pen pen, uint color) : IDisposable
{
    /// <summary>Tuning: a layer that became too small gets so much more on each side, since a line that grows goes on growing.</summary>
    private const int RoomToGrow = 200;

    private X11Layer? marksLayer, spotLayer;
    // Where the layer of the marks lies, in pixels of the screen.
    private PixelArea place;
    private ScreenLayout? screen;
    private IReadOnlyList<PixelArea> own = [];
    private ImmutableArray<Mark> marks = [];
    private DrawingPoint? spot;

    public bool Has(nuint window) => marksLayer?.Is(window) == true || spotLayer?.Is(window) == true;

    public void Raise()
    {
        marksLayer?.Raise();
        spotLayer?.Raise();
    }

    /// <summary>Shows this, on this screen, and not over these areas of the desktop.</summary>
    public void Show(Drawn drawn, ScreenLayout shared, IReadOnlyList<PixelArea> ownAreas)
    {
        if (!shared.Equals(screen))
        {
            Dispose();
            screen = shared;
        }
        var isClippedAnew = !ReferenceEquals(own, ownAreas);
        own = ownAreas;
        ShowMarks(drawn.Marks, isClippedAnew);
        ShowSpot(drawn.Spot, isClippedAnew);
    }

    /// <summary>This program's own windows stand elsewhere than before.</summary>
    public void Refresh(IReadOnlyList<PixelArea> ownAreas)
    {
        if (screen is { } shared) Show(new Drawn(0, spot, marks), shared, ownAreas);
    }

    public void Dispose()
    {
        marksLayer?.Dispose();
        spotLayer?.Dispose();
        (marksLayer, spotLayer, marks, spot) = (null, null, [], null);
    }

    private IReadOnlyList<PixelArea> Inside => [.. screen!.DesktopAreas];

    private void ShowMarks(ImmutableArray<Mark> now, bool isClippedAnew)
    {
        var before = marks;
        marks = now;
        if (now.IsEmpty)
        {
            marksLayer?.Dispose();
            marksLayer = null;
            return;
        }
        if (before.AsSpan().SequenceEqual(now.AsSpan()) && !isClippedAnew) return;
        var end = isClippedAnew ? null : NewEnd(before, now);
        var area = AreaOf(end is null ? now : [end]);
        if (marksLayer is not null && end is not null && (area.IsEmpty || area.Intersect(place) == area)) AddTo(marksLayer, end, area);
        else DrawAnew(now, isGrowing: end is not null);
    }

    private void AddTo(X11Layer layer, Mark end, PixelArea area)
    {
        if (area.IsEmpty) return;
        pen.Draw(layer, place, [end], area, isAdded: true);
        layer.Clip(Inside, own);
    }

    // On a layer as large as it takes: the new one is there before the old one goes, so that nothing flickers.
    private void DrawAnew(ImmutableArray<Mark> all, bool isGrowing)
    {
        var before = marksLayer;
        marksLayer = null;
        var area = AreaOf(all);
        if (!area.IsEmpty)
        {
            var more = isGrowing ? RoomToGrow : 0;
            place = new PixelArea(area.X - more, area.Y - more, area.Width + 2 * more, area.Height + 2 * more).Intersect(Whole);
            marksLayer = new X11Layer(x, place with { X = place.X + screen!.Origin.X, Y = place.Y + screen.Origin.Y }, color);
            pen.Draw(marksLayer, place, all, area, isAdded: false);
            marksLayer.Clip(Inside, own);
            // A ring below a line would be lost.
            spotLayer?.Raise();
        }
        before?.Dispose();
    }

    private PixelArea Whole => new(0, 0, screen!.Width, screen.Height);

    private PixelArea AreaOf(IEnumerable<Mark> some) => pen.Around(some.SelectMany(mark => mark.Points)).Intersect(Whole);

    // What came to the newest mark since, or the mark itself when it is new; null when that is not all that is different.
    private static Mark? NewEnd(ImmutableArray<Mark> before, ImmutableArray<Mark> now)
    {
        if (now.Length - before.Length is not (0 or 1) || before.IsEmpty) return null;
        if (now.Length > before.Length) return before.AsSpan().SequenceEqual(now.AsSpan(0, before.Length)) ? now[^1] : null;
        var (old, grown) = (before[^1], now[^1]);
        var isGrown = old.Number == grown.Number && grown.Shape == MarkShape.Line && old.Strength == grown.Strength
            && grown.Points.AsSpan().StartsWith(old.Points.AsSpan()) && before.AsSpan(0, before.Length - 1).SequenceEqual(now.AsSpan(0, now.Length - 1));
        return isGrown ? grown with { Points = grown.Points[(old.Points.Length - 1)..] } : null;
    }

    private void ShowSpot(DrawingPoint? now, bool isClippedAnew)
    {
        if (now == spot && !isClippedAnew) return;
        spot = now;
        if (now is not { } center)
        {
            spotLayer?.Dispose();
            spotLayer = null;
            return;
        }
        var (left, top) = (screen!.Origin.X + center.X - pen.RingSize / 2, screen.Origin.Y + center.Y - pen.RingSize / 2);
        var isOut = !screen.Displays.Any(display => ScreenLayout.AreaOf(display).Contains(center.X, center.Y));
        var wasWhole = spotLayer is { } before && IsWhole(before.Place);
        spotLayer ??= new X11Layer(x, new PixelArea(left, top, pen.RingSize, pen.RingSize), color);
        spotLayer.MoveTo(left, top);
        if (wasWhole && IsWhole(spotLayer.Place) && !isClippedAnew) return;
        pen.DrawRing(spotLayer);
        spotLayer.Clip(isOut ? [] : Inside, own);
    }

    // Nothing of the ring is cut off, so that it may be moved without being drawn again.
    private bool IsWhole(PixelArea ring) =>
        Inside.Any(area => area.Intersect(ring) == ring) && own.All(area => area.Intersect(ring).IsEmpty);
}
