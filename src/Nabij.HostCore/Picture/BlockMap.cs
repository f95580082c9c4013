namespace Nabij.HostCore.Picture;

/// <summary>
/// Which 16x16 blocks of a screen are marked, with a flag for each block row so that unmarked rows cost nothing.
/// Blocks at the right and lower edge are cut off by the screen. Not thread-safe.
/// </summary>
public sealed class BlockMap
{
    /// <summary>Side of a block in pixels (docs/protocol/05).</summary>
    public const int BlockSize = 16;

    private readonly bool[] blocks;
    private readonly bool[] rowHasAny;

    public BlockMap(int width, int height)
    {
        Columns = (width + BlockSize - 1) / BlockSize;
        Rows = (height + BlockSize - 1) / BlockSize;
        blocks = new bool[Columns * Rows];
        rowHasAny = new bool[Rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    public bool IsEmpty => !rowHasAny.AsSpan().Contains(true);

    public bool RowHasAny(int row) => rowHasAny[row];

    /// <summary>The marks of one block row, from the left.</summary>
    public ReadOnlySpan<bool> Row(int row) => blocks.AsSpan(row * Columns, Columns);

    public int CountMarked()
    {
        var count = 0;
        for (var row = 0; row < Rows; row++)
            if (rowHasAny[row]) count += Row(row).Count(true);
        return count;
    }

    public void Mark(int column, int row)
    {
        blocks[row * Columns + column] = true;
        rowHasAny[row] = true;
    }

    public void Unmark(int column, int row) => blocks[row * Columns + column] = false;

    /// <summary>Marks every block that a rectangle of pixels touches; parts outside the screen are ignored.</summary>
    public void MarkRectangle(int x, int y, int width, int height)
    {
        var left = Math.Max(0, x / BlockSize);
        var top = Math.Max(0, y / BlockSize);
        var right = Math.Min(Columns, (x + width + BlockSize - 1) / BlockSize);
        var bottom = Math.Min(Rows, (y + height + BlockSize - 1) / BlockSize);
        if (width <= 0 || height <= 0 || left >= right) return;
        for (var row = top; row < bottom; row++)
        {
            blocks.AsSpan(row * Columns + left, right - left).Fill(true);
            rowHasAny[row] = true;
        }
    }

    public void MarkAll()
    {
        blocks.AsSpan().Fill(true);
        rowHasAny.AsSpan().Fill(true);
    }

    public void Clear()
    {
        blocks.AsSpan().Clear();
        rowHasAny.AsSpan().Clear();
    }

    public void ClearRow(int row)
    {
        if (!rowHasAny[row]) return;
        blocks.AsSpan(row * Columns, Columns).Clear();
        rowHasAny[row] = false;
    }

    /// <summary>Drops the row's flag when no block of it is marked any more.</summary>
    public void SettleRow(int row) => rowHasAny[row] = Row(row).Contains(true);

    /// <summary>Marks all that the other map of the same size marks.</summary>
    public void Add(BlockMap other)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (!other.rowHasAny[row]) continue;
            rowHasAny[row] = true;
            var mine = blocks.AsSpan(row * Columns, Columns);
            var theirs = other.Row(row);
            for (var column = 0; column < mine.Length; column++) mine[column] |= theirs[column];
        }
    }

    /// <summary>Unmarks all that the other map of the same size marks.</summary>
    public void Remove(BlockMap other)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (!rowHasAny[row] || !other.rowHasAny[row]) continue;
            var mine = blocks.AsSpan(row * Columns, Columns);
            var theirs = other.Row(row);
            for (var column = 0; column < mine.Length; column++) mine[column] &= !theirs[column];
            SettleRow(row);
        }
    }

    /// <summary>True when everything that the other map of the same size marks is marked here.</summary>
    public bool Covers(BlockMap other)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (!other.rowHasAny[row]) continue;
            var mine = Row(row);
            var theirs = other.Row(row);
            for (var column = 0; column < mine.Length; column++)
                if (theirs[column] && !mine[column]) return false;
        }
        return true;
    }

    /// <summary>The smallest rectangle of blocks around all marks, right and bottom exclusive; empty when nothing is marked.</summary>
    public (int Left, int Top, int Right, int Bottom) Bounds()
    {
        var (left, top, right, bottom) = (Columns, Rows, 0, 0);
        for (var row = 0; row < Rows; row++)
        {
            if (!rowHasAny[row]) continue;
            var first = Row(row).IndexOf(true);
            if (first < 0) continue;
            (left, right) = (Math.Min(left, first), Math.Max(right, Row(row).LastIndexOf(true) + 1));
            (top, bottom) = (Math.Min(top, row), row + 1);
        }
        return right == 0 ? default : (left, top, right, bottom);
    }
}
