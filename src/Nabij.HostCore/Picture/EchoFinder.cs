namespace Nabij.HostCore.Picture;

/// <summary>
/// Finds what on the screen answers the viewer's input: blocks that had been quiet and change while the input is fresh,
/// not many, and apart from whatever moves anyway (picture.md B6, decision 0013). It knows no caret and needs none.
/// Picture thread.
/// </summary>
internal sealed class EchoFinder
{
    // Tuning. More blocks than a menu or a dialog are not an answer that must overtake, but a new picture.
    private static readonly TimeSpan QuietFor = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlaceLifetime = TimeSpan.FromSeconds(2);
    private const int MostBlocks = 512, MarginBlocks = 2;

    private BlockMap found = new(BlockMap.BlockSize, BlockMap.BlockSize), candidates = new(BlockMap.BlockSize, BlockMap.BlockSize);
    private TimeSpan[] damagedAt = [];
    private (int X, int Y) place;
    private TimeSpan? placedAt;

    /// <summary>The answer that was captured and not yet sent.</summary>
    public BlockMap Found => found;

    /// <summary>The middle of the last answer, in pixels, while it is likely to go on there.</summary>
    public (int X, int Y)? PlaceAt(TimeSpan now) => placedAt is { } at && now - at < PlaceLifetime ? place : null;

    /// <summary>A screen of this size, of which nothing is known.</summary>
    public void Restart(int width, int height)
    {
        (found, candidates) = (new BlockMap(width, height), new BlockMap(width, height));
        damagedAt = new TimeSpan[found.Columns * found.Rows];
        damagedAt.AsSpan().Fill(TimeSpan.MinValue / 2);
        placedAt = null;
    }

    /// <summary>Takes in what was captured just now; <paramref name="pending"/> has it and all that was waiting before.</summary>
    public void Note(BlockMap damaged, BlockMap pending, bool isFresh, TimeSpan now)
    {
        candidates.Clear();
        var count = 0;
        for (var row = 0; row < damaged.Rows; row++)
        {
            if (!damaged.RowHasAny(row)) continue;
            var marks = damaged.Row(row);
            var times = damagedAt.AsSpan(row * damaged.Columns, marks.Length);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column]) continue;
                if (isFresh && now - times[column] >= QuietFor && ++count <= MostBlocks) candidates.Mark(column, row);
                times[column] = now;
            }
        }
        if (count is 0 or > MostBlocks) return;
        var (left, top, right, bottom) = candidates.Bounds();
        if (!IsApart(pending, left - MarginBlocks, top - MarginBlocks, right + MarginBlocks, bottom + MarginBlocks)) return;
        found.Add(candidates);
        placedAt = now;
        place = ((left + right) * BlockMap.BlockSize / 2, (top + bottom) * BlockMap.BlockSize / 2);
    }

    private bool IsApart(BlockMap pending, int left, int top, int right, int bottom)
    {
        left = Math.Max(0, left);
        var width = Math.Min(pending.Columns, right) - left;
        for (var row = Math.Max(0, top); row < Math.Min(pending.Rows, bottom); row++)
        {
            if (!pending.RowHasAny(row)) continue;
            var all = pending.Row(row).Slice(left, width);
            var mine = candidates.Row(row).Slice(left, width);
            var before = found.Row(row).Slice(left, width);
            for (var i = 0; i < width; i++)
                if (all[i] && !mine[i] && !before[i]) return false;
        }
        return true;
    }
}
