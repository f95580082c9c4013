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
    private readonly PxWriter writer = new();
    private readonly PieceContent content = new();
    private readonly RingIndex ring = new();
    private readonly SizeEstimate sizes = new();
    private readonly BlockPlan plan;
    private readonly Exactness exactness;
    private readonly PieceSelection selection;
    private uint[] source = [], target = [];
    private bool[] isTargetNewer = [];
    private bool hasWritten;
    private TimeSpan begunAt;

    public PxEncoder()
    {
        plan = new BlockPlan(writer.Picture, ring);
        exactness = new Exactness(writer.Picture);
        selection = new PieceSelection(writer.Picture, plan, exactness, content);
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
        if (!isSameSize) (source, target) = (NewPlane(), NewPlane());
        source.AsSpan().Clear();
        target.AsSpan().Clear();
        isTargetNewer = new bool[Picture.Columns * Picture.Rows];
        selection.Reset(source, target);
        hasWritten = false;
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
        var isFocus = !hasWritten && selection.SelectFocus(changed, goals);
        if (!isFocus && !selection.SelectStrip(changed, goals.Quality)) return false;
        this.content.Step = StepOf(goals.Quality);
        Write(content, goals.Quality, selection.Planned);
        return true;
    }

    public void EncodeNothing(IBufferWriter<byte> content)
    {
        FinishUpdate();
        (this.content.FirstRow, this.content.RowCount, this.content.Step) = (0, 1, StepOf(PictureQuality.Fine));
        this.content.Modes.AsSpan(0, Picture.Columns).Clear();
        Write(content, PictureQuality.Fine, planned: 0);
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
            selection.AimAtNewest(block);
        }

        exactness.BeginUpdate();
        var written = Write(content, PictureQuality.Fine, planned: 0);
        exactness.MadeExact(written);
        return true;
    }

    public ulong Hash(uint update) => Picture.Hash(update);

    public void Dispose() => selection.Reset(source = [], target = []);

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

    /// <param name="output">Where the piece goes.</param>
    /// <param name="quality">How exactly it is coded.</param>
    /// <param name="planned">What it should cost; 0 when it says nothing about the size of updates.</param>
    private int Write(IBufferWriter<byte> output, PictureQuality quality, double planned)
    {
        IndexRing();
        var bytes = writer.Write(content, selection.Aim);
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
