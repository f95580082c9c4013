namespace Nabij.HostCore.Picture;

/// <summary>
/// Turns marked blocks into few rectangles to read: each read is a round trip to the X server, each pixel costs too.
/// No rectangle reaches outside a shared display. Reused from capture to capture; picture thread only.
/// </summary>
internal sealed class CaptureAreas
{
    /// <summary>Tuning: reading so many pixels more costs as much as another round trip.</summary>
    private const int PixelsPerTrip = 16 * 1024;
    /// <summary>Tuning: a rectangle wider than this share of the rows is read as whole rows, which need no copy.</summary>
    private const double WholeRowsFrom = 0.5;
    private const int MostAreas = 24;

    private readonly List<PixelArea> areas = [];

    /// <summary>The rectangles that cover all marked blocks, as far as they show shared displays. Valid until the next call.</summary>
    public IReadOnlyList<PixelArea> Of(BlockMap marked, ScreenLayout layout)
    {
        areas.Clear();
        foreach (var display in layout.Displays)
        {
            var first = areas.Count;
            AddDisplay(marked, ScreenLayout.AreaOf(display), first);
            Join(first);
            if (display.X == 0 && display.Width == layout.Width) WidenFrom(first, layout.Width);
        }
        return areas;
    }

    private void AddDisplay(BlockMap marked, PixelArea display, int first)
    {
        const int Side = BlockMap.BlockSize;
        var (left, right) = (display.X / Side, (display.Right + Side - 1) / Side);
        for (var row = display.Y / Side; row < (display.Bottom + Side - 1) / Side; row++)
        {
            if (!marked.RowHasAny(row)) continue;
            var marks = marked.Row(row);
            for (var column = left; column < right;)
            {
                var next = marks[column..right].IndexOf(true);
                if (next < 0) break;
                column += next;
                var length = marks[column..right].IndexOf(false);
                var end = length < 0 ? right : column + length;
                Add(new PixelArea(column * Side, row * Side, (end - column) * Side, Side).Intersect(display), first);
                column = end;
            }
        }
    }

    private void Add(PixelArea run, int first)
    {
        var (best, leastWaste) = (-1, long.MaxValue);
        for (var i = first; i < areas.Count; i++)
        {
            var waste = Waste(areas[i], run);
            if (waste < leastWaste) (best, leastWaste) = (i, waste);
        }
        if (leastWaste <= PixelsPerTrip || areas.Count - first >= MostAreas) areas[best] = areas[best].Around(run);
        else areas.Add(run);
    }

    private void Join(int first)
    {
        for (var i = first; i < areas.Count; i++)
        {
            for (var j = i + 1; j < areas.Count; j++)
            {
                if (Waste(areas[i], areas[j]) > PixelsPerTrip) continue;
                areas[i] = areas[i].Around(areas[j]);
                areas.RemoveAt(j);
                j = i;
            }
        }
    }

    private void WidenFrom(int first, int width)
    {
        for (var i = first; i < areas.Count; i++)
            if (areas[i].Width > width * WholeRowsFrom) areas[i] = areas[i] with { X = 0, Width = width };
    }

    private static long Waste(PixelArea a, PixelArea b) => a.Around(b).Size - a.Size - b.Size;
}
