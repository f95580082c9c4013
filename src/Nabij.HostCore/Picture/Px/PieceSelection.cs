using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Which blocks the next piece of an update codes, in what mode, and what their pixels are to become. Takes them out of the
/// map of what changed. Fills the content that the encoder writes; owned by the encoder, picture thread only.
/// </summary>
internal sealed class PieceSelection(PxPicture picture, BlockPlan plan, Exactness exactness, PieceContent content)
{
    /// <summary>Tuning: blocks that cost something in one piece, so that the first travels while the rest is coded.</summary>
    private const int BlocksPerPiece = 480;
    private const int FocusReach = 200, MostForFocus = 64;

    /// <summary>Tuning: a block with more edges than this is approximated where even text must be.</summary>
    private const int EdgesOfDenseText = 64;

    private uint[] source = [], target = [];
    private BlockMap? cutShort;
    private int nextRow;

    /// <summary>What the pixels of the selected blocks are to become; a plane of the picture's layout, the rest of it undefined.</summary>
    public uint[] Aim { get; private set; } = [];

    /// <summary>What the selected blocks will cost, in raw units of <see cref="SizeEstimate"/>.</summary>
    public double Planned { get; private set; }

    /// <summary>Starts anew with these planes: what was captured for what the viewer has, and the newest capture.</summary>
    public void Reset(uint[] source, uint[] target)
    {
        (this.source, this.target) = (source, target);
        if (Aim.Length != target.Length) Aim = new uint[target.Length];
        (cutShort, nextRow) = (null, 0);
    }

    /// <summary>The answer to the technician's own input, which goes first when it is small; false when there is none.</summary>
    public bool SelectFocus(BlockMap changed, in PieceGoals goals)
    {
        if (goals.Focus is not { } focus) return false;
        int left = Column(focus.X - FocusReach), right = Column(focus.X + FocusReach);
        int top = Row(focus.Y - FocusReach), bottom = Row(focus.Y + FocusReach);
        var near = 0;
        for (var row = top; row <= bottom; row++) near += changed.Row(row)[left..(right + 1)].Count(true);
        if (near is 0 or >= MostForFocus) return false;
        Begin(top, bottom - top + 1);
        for (var row = top; row <= bottom; row++) SelectRow(changed, row, left, right, goals.Quality);
        return true;

        int Column(int x) => Math.Clamp(x / BlockMap.BlockSize, 0, picture.Columns - 1);
        int Row(int y) => Math.Clamp(y / BlockMap.BlockSize, 0, picture.Rows - 1);
    }

    /// <summary>Whole rows, from where the last piece stopped; false when nothing is left.</summary>
    public bool SelectStrip(BlockMap changed, PictureQuality quality)
    {
        var first = FirstRow(changed);
        if (first < 0) return false;
        Begin(first, 1);
        var costly = 0;
        for (var row = first; row < changed.Rows && costly < BlocksPerPiece; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            content.Modes.AsSpan((first + content.RowCount) * picture.Columns, (row - first + 1 - content.RowCount) * picture.Columns).Clear();
            content.RowCount = row - first + 1;
            costly += SelectRow(changed, row, 0, picture.Columns - 1, quality);
        }

        if (!changed.IsEmpty) (cutShort, nextRow) = (changed, first + content.RowCount);
        else if (changed == cutShort) cutShort = null;
        return true;
    }

    /// <summary>The newest pixels of a block, exactly.</summary>
    public void AimAtNewest(int block) => picture.CopyRun(target, Aim, block, 1);

    // An update that was cut short goes on where it stopped, so that no part of the screen starves; the answer to an input,
    // which has a map of its own, may come in between.
    private int FirstRow(BlockMap changed)
    {
        var start = changed == cutShort ? nextRow : 0;
        for (var i = 0; i < changed.Rows; i++)
        {
            var row = (start + i) % changed.Rows;
            if (changed.RowHasAny(row)) return row;
        }

        return -1;
    }

    private void Begin(int firstRow, int rowCount)
    {
        (content.FirstRow, content.RowCount) = (firstRow, rowCount);
        content.Modes.AsSpan(firstRow * picture.Columns, rowCount * picture.Columns).Clear();
        content.VectorCount = plan.VectorCount;
        plan.Vectors.CopyTo(content.Vectors, 0);
        Planned = 0;
    }

    private int SelectRow(BlockMap changed, int row, int left, int right, PictureQuality quality)
    {
        var costly = 0;
        for (var column = left; column <= right; column++)
        {
            if (!changed.Row(row)[column]) continue;
            var block = row * picture.Columns + column;
            var mode = content.Modes[block] = FinalMode(block, quality);
            changed.Unmark(column, row);
            Planned += SizeEstimate.Raw(mode, plan.Surprises[block], quality);
            if (mode is BlockMode.Ring or >= BlockMode.Copy and < BlockMode.Ring) continue;
            costly++;
            AimAt(block, mode);
        }

        changed.SettleRow(row);
        return costly;
    }

    private BlockMode FinalMode(int block, PictureQuality quality)
    {
        var mode = plan.Modes[block];
        content.References[block] = plan.References[block];
        content.Motions[block] = plan.Motions[block];
        content.Quiet[block] = mode == BlockMode.Motion && plan.IsQuiet[block];
        var (x, y, _, _) = picture.Area(block);
        // The ring may have gone on since the plan was made.
        if (mode == BlockMode.Ring && !plan.IsKept(plan.References[block], target, picture.At(x, y))) return BlockMode.Intra;
        var isRough = quality >= PictureQuality.Rough && mode == BlockMode.Intra && plan.Surprises[block] > EdgesOfDenseText;
        return isRough ? BlockMode.FineTransform : mode;
    }

    // The newest pixels, but where nothing changed those that the viewer has, so that an old approximation is not coded as
    // a change.
    private void AimAt(int block, BlockMode mode)
    {
        AimAtNewest(block);
        var vector = mode switch
        {
            BlockMode.Still => default,
            >= BlockMode.Moved and < BlockMode.Photo => content.Vectors[mode - BlockMode.Moved],
            _ => new MotionVector(int.MaxValue, 0),
        };
        if (vector.X == int.MaxValue || !exactness.IsSourceInexact(block, vector)) return;
        var offset = plan.Offset(vector);
        var (x, y, width, height) = picture.Area(block);
        for (var row = y; row < y + height; row++)
        {
            var at = picture.At(x, row);
            for (var i = at; i < at + width; i++)
                if (target[i] == source[i + offset]) Aim[i] = picture.AllPrevious[i + offset];
        }
    }
}
