using System.Buffers;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Codec 2 of docs/protocol/05 ("PX"). It keeps three pictures of the screen: the pixels that the viewer has (in the
/// writer), the captured pixels that they stand for, and the newest capture. Text is exact at once; photographs come
/// approximated and are made exact when they have been still. Allocates nothing while it runs. Picture thread only.
/// </summary>
public sealed class PxEncoder : IVideoEncoder
{
    /// <summary>Tuning: blocks that cost something in one piece, so that the first travels while the rest is coded.</summary>
    private const int BlocksPerPiece = 480;
    private const int FocusReach = 200, MostForFocus = 64;

    /// <summary>Tuning: a block with more edges than this is approximated where even text must be.</summary>
    private const int EdgesOfDenseText = 64;

    private readonly PxWriter writer = new();
    private readonly PieceContent content = new();
    private readonly RingIndex ring = new();
    private readonly SizeEstimate sizes = new();
    private readonly BlockPlan plan;
    private readonly Exactness exactness;
    private uint[] source = [], target = [], aim = [];
    private bool[] isTargetNewer = [];
    private bool hasWritten;
    private double planned;
    private TimeSpan begunAt;
    private BlockMap? cutShort;
    private int nextRow;

    public PxEncoder()
    {
        plan = new BlockPlan(writer.Picture, ring);
        exactness = new Exactness(writer.Picture);
    }

    public byte Codec => Update.PxCodec;

    private PxPicture Picture => writer.Picture;

    public void Reset(int width, int height)
    {
        var isSameSize = (Picture.Width, Picture.Height) == (width, height);
        Picture.Reset(width, height);
        content.Reset(Picture.Columns * Picture.Rows);
        plan.Reset();
        exactness.Reset();
        ring.Clear();
        if (!isSameSize) (source, target, aim) = (NewPlane(), NewPlane(), NewPlane());
        source.AsSpan().Clear();
        target.AsSpan().Clear();
        isTargetNewer = new bool[Picture.Columns * Picture.Rows];
        (hasWritten, cutShort, nextRow) = (false, null, 0);
    }

    public int Begin(PixelView newest, BlockMap changed, TimeSpan now)
    {
        FinishUpdate();
        begunAt = now;
        var count = Take(newest, changed);
        if (count > 0) plan.Make(source, target, changed, now);
        exactness.BeginUpdate();
        return count;
    }

    public int EstimateBytes(PictureQuality quality) => sizes.Of(plan.Size(quality), quality);

    public bool EncodePiece(PixelView newest, BlockMap changed, in PieceGoals goals, IBufferWriter<byte> content)
    {
        if (!SelectFocus(changed, goals) && !SelectStrip(changed, goals.Quality)) return false;
        this.content.Step = StepOf(goals.Quality);
        Write(content, goals.Quality);
        return true;
    }

    public void EncodeNothing(IBufferWriter<byte> content)
    {
        FinishUpdate();
        (this.content.FirstRow, this.content.RowCount, this.content.Step) = (0, 1, StepOf(PictureQuality.Fine));
        this.content.Modes.AsSpan(0, Picture.Columns).Clear();
        planned = 0;
        Write(content, PictureQuality.Fine);
    }

    public TimeSpan? UntilRefinement(TimeSpan now) => exactness.UntilDue(now);

    public bool EncodeRefinement(TimeSpan now, BlockMap pending, (int X, int Y)? focus, int budgetBytes, IBufferWriter<byte> content)
    {
        FinishUpdate();
        var blocks = exactness.SelectDue(now, pending, focus, budgetBytes, this.content);
        if (blocks == 0) return false;
        this.content.Step = StepOf(PictureQuality.Fine);
        this.content.VectorCount = 0;
        foreach (var block in exactness.Selected)
        {
            this.content.Modes[block] = plan.ExactMode(block, target);
            Picture.CopyRun(target, aim, block, 1);
        }

        exactness.BeginUpdate();
        planned = 0; // what is made exact says nothing about the size of updates
        var written = Write(content, PictureQuality.Fine);
        exactness.MadeExact(written);
        return true;
    }

    public ulong Hash(uint update) => Picture.Hash(update);

    public void Dispose() => source = target = aim = [];

    // What was coded is what the viewer's pixels stand for from now on.
    private void FinishUpdate()
    {
        if (!hasWritten) return;
        var changed = Picture.Changed;
        for (var i = 0; i < changed.Length;)
        {
            var run = Picture.RunAt(i);
            Picture.CopyRun(target, source, changed[i], run);
            isTargetNewer.AsSpan(changed[i], run).Clear();
            i += run;
        }

        Picture.EndUpdate();
        hasWritten = false;
    }

    private int Take(PixelView newest, BlockMap changed)
    {
        var differing = 0;
        for (var row = 0; row < changed.Rows; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            var marks = changed.Row(row);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column]) continue;
                if (IsNew(newest, row * changed.Columns + column)) differing++;
                else changed.Unmark(column, row);
            }

            changed.SettleRow(row);
            TakeRow(newest, marks, row);
        }

        return differing;
    }

    // A block that was taken but not coded, and is as it was again, is taken back.
    private bool IsNew(PixelView newest, int block)
    {
        var (x, y, width, height) = Picture.Area(block);
        for (var row = y; row < y + height; row++)
        {
            if (BlockDiff.SameColors(newest.Row(row).Slice(x, width), source.AsSpan(Picture.At(x, row), width))) continue;
            isTargetNewer[block] = true;
            return true;
        }

        if (isTargetNewer[block]) Picture.CopyRun(source, target, block, 1);
        isTargetNewer[block] = false;
        return false;
    }

    private void TakeRow(PixelView newest, ReadOnlySpan<bool> marks, int row)
    {
        for (var column = 0; column < marks.Length;)
        {
            var run = marks[column..].IndexOf(!marks[column]);
            if (run < 0) run = marks.Length - column;
            if (marks[column])
            {
                var (x, y, _, height) = Picture.Area(row * Picture.Columns + column);
                var width = Math.Min(run * BlockMap.BlockSize, Picture.Width - x);
                for (var i = y; i < y + height; i++) BlockDiff.CopyColors(newest.Row(i).Slice(x, width), target.AsSpan(Picture.At(x, i), width));
            }

            column += run;
        }
    }

    // The answer to the technician's own input goes first, when it is small.
    private bool SelectFocus(BlockMap changed, in PieceGoals goals)
    {
        if (goals.Focus is not { } focus || hasWritten) return false;
        int left = Column(focus.X - FocusReach), right = Column(focus.X + FocusReach);
        int top = Row(focus.Y - FocusReach), bottom = Row(focus.Y + FocusReach);
        var near = 0;
        for (var row = top; row <= bottom; row++) near += changed.Row(row)[left..(right + 1)].Count(true);
        if (near is 0 or >= MostForFocus) return false;
        BeginSelection(top, bottom - top + 1);
        for (var row = top; row <= bottom; row++) SelectRow(changed, row, left, right, goals.Quality);
        return true;

        int Column(int x) => Math.Clamp(x / BlockMap.BlockSize, 0, Picture.Columns - 1);
        int Row(int y) => Math.Clamp(y / BlockMap.BlockSize, 0, Picture.Rows - 1);
    }

    private bool SelectStrip(BlockMap changed, PictureQuality quality)
    {
        var first = FirstRow(changed);
        if (first < 0) return false;
        BeginSelection(first, 1);
        var costly = 0;
        for (var row = first; row < changed.Rows && costly < BlocksPerPiece; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            content.Modes.AsSpan((first + content.RowCount) * Picture.Columns, (row - first + 1 - content.RowCount) * Picture.Columns).Clear();
            content.RowCount = row - first + 1;
            costly += SelectRow(changed, row, 0, Picture.Columns - 1, quality);
        }

        if (!changed.IsEmpty) (cutShort, nextRow) = (changed, first + content.RowCount);
        else if (changed == cutShort) cutShort = null;
        return true;
    }

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

    private void BeginSelection(int firstRow, int rowCount)
    {
        (content.FirstRow, content.RowCount) = (firstRow, rowCount);
        content.Modes.AsSpan(firstRow * Picture.Columns, rowCount * Picture.Columns).Clear();
        content.VectorCount = plan.VectorCount;
        plan.Vectors.CopyTo(content.Vectors, 0);
        planned = 0;
    }

    private int SelectRow(BlockMap changed, int row, int left, int right, PictureQuality quality)
    {
        var costly = 0;
        for (var column = left; column <= right; column++)
        {
            if (!changed.Row(row)[column]) continue;
            var block = row * Picture.Columns + column;
            var mode = content.Modes[block] = FinalMode(block, quality);
            changed.Unmark(column, row);
            planned += SizeEstimate.Raw(mode, plan.Surprises[block], quality);
            if (mode is BlockMode.Ring or >= BlockMode.Copy and < BlockMode.Ring) continue;
            costly++;
            Aim(block, mode);
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
        var (x, y, _, _) = Picture.Area(block);
        // The ring may have gone on since the plan was made.
        if (mode == BlockMode.Ring && !plan.IsKept(plan.References[block], target, Picture.At(x, y))) return BlockMode.Intra;
        var isRough = quality >= PictureQuality.Rough && mode == BlockMode.Intra && plan.Surprises[block] > EdgesOfDenseText;
        return isRough ? BlockMode.FineTransform : mode;
    }

    // What the pixels are to become: the newest ones, but where nothing changed those that the viewer has, so that an
    // old approximation is not coded as a change.
    private void Aim(int block, BlockMode mode)
    {
        Picture.CopyRun(target, aim, block, 1);
        var vector = mode switch
        {
            BlockMode.Still => default,
            >= BlockMode.Moved and < BlockMode.Photo => content.Vectors[mode - BlockMode.Moved],
            _ => new MotionVector(int.MaxValue, 0),
        };
        if (vector.X == int.MaxValue || !exactness.IsSourceInexact(block, vector)) return;
        var offset = plan.Offset(vector);
        var (x, y, width, height) = Picture.Area(block);
        for (var row = y; row < y + height; row++)
        {
            var at = Picture.At(x, row);
            for (var i = at; i < at + width; i++)
                if (target[i] == source[i + offset]) aim[i] = Picture.AllPrevious[i + offset];
        }
    }

    private int Write(IBufferWriter<byte> output, PictureQuality quality)
    {
        IndexRing();
        var bytes = writer.Write(content, aim);
        output.Write(bytes.Span);
        hasWritten = true;
        exactness.Coded(content, begunAt);
        sizes.Learn(planned, bytes.Length, quality);
        return bytes.Length;
    }

    // Which blocks will enter the ring, in the order in which the writer puts them there.
    private void IndexRing()
    {
        var next = Picture.NextRingBlock;
        var first = content.FirstRow * Picture.Columns;
        var end = first + content.RowCount * Picture.Columns;
        for (var block = first; block < end; block++)
        {
            if (content.Modes[block] == BlockMode.Same || !Picture.EntersRing(block)) continue;
            var (x, y, _, _) = Picture.Area(block);
            ring.Put(PixelKernels.Hash(Picture.AllPrevious, Picture.At(x, y), Picture.Stride), next);
            next = (next + 1) % PxPicture.RingBlocks;
        }
    }

    private static int StepOf(PictureQuality quality) => quality switch
    {
        PictureQuality.Fine => 16,
        PictureQuality.Coarse => 32,
        PictureQuality.Rough => 32,
        _ => 48,
    };

    private uint[] NewPlane() => new uint[Picture.AllPixels.Length];
}
