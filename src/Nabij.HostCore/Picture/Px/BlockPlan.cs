using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// How each changed block of one update will be coded (picture.md B5.3), decided before the first of them is, while the
/// picture before the update is still whole. Modes, ring references and motions are indexed by block.
/// </summary>
internal sealed class BlockPlan(PxPicture picture, RingIndex ring)
{
    // Tuning; parts of a block's 256 pixels.
    private const int LeastForMotion = 6;
    private const int LeastEqualForInter = 90, LeastEqualInPhoto = 192;
    private const int LonePixelsOfPhoto = 179, SmallStepsOfPhoto = 102;

    private readonly double[] raw = new double[SizeEstimate.Qualities];
    private readonly MotionSearch search = new();
    private BlockMap searched = new(1, 1);
    private readonly MotionEstimate motion = new(picture);

    public BlockMode[] Modes { get; private set; } = [];

    public ushort[] References { get; private set; } = [];

    public MotionVector[] Motions => motion.Motions;

    public bool[] IsQuiet => motion.IsQuiet;

    /// <summary>Pixels of each block that are not what its mode predicts, for the estimate of its size.</summary>
    public ushort[] Surprises { get; private set; } = [];

    public MotionVector[] Vectors { get; } = new MotionVector[4];

    public int VectorCount { get; private set; }

    public void Reset()
    {
        var blocks = picture.Columns * picture.Rows;
        Modes = new BlockMode[blocks];
        References = new ushort[blocks];
        Surprises = new ushort[blocks];
        searched = new BlockMap(picture.Width, picture.Height);
        motion.Reset();
    }

    /// <summary>Plans all marked blocks. <paramref name="source"/> is what was captured for what the viewer has, <paramref name="target"/> the newest capture.</summary>
    public void Make(uint[] source, uint[] target, BlockMap changed, TimeSpan now)
    {
        motion.Begin(now);
        raw.AsSpan().Clear();
        VectorCount = LeaveOutFilms(changed) >= LeastForMotion ? search.Find(picture, source, target, searched, Vectors) : 0;
        for (var row = 0; row < changed.Rows; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            var marks = changed.Row(row);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column]) continue;
                var block = row * changed.Columns + column;
                Plan(block, source, target);
                for (var i = 0; i < raw.Length; i++) raw[i] += SizeEstimate.Raw(Modes[block], Surprises[block], (PictureQuality)i);
            }
        }
    }

    // Films move approximately; looking for exact moves in them costs time and finds none.
    private int LeaveOutFilms(BlockMap changed)
    {
        searched.Clear();
        var count = 0;
        for (var row = 0; row < changed.Rows; row++)
        {
            if (!changed.RowHasAny(row)) continue;
            var marks = changed.Row(row);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column] || motion.IsFilm(row * changed.Columns + column)) continue;
                searched.Mark(column, row);
                count++;
            }
        }

        return count;
    }

    /// <summary>The planned update's size at this quality, before correction.</summary>
    public double Size(PictureQuality quality) => raw[(int)quality];

    /// <summary>Exact ways to code a block whose newest pixels are known and that will not change soon.</summary>
    public BlockMode ExactMode(int block, uint[] target)
    {
        var (x, y, _, _) = picture.Area(block);
        if (!picture.IsWhole(block)) return BlockMode.Intra;
        var at = picture.At(x, y);
        if (PixelKernels.CountEqual(target, at, picture.AllPixels, at, picture.Stride) >= LeastEqualForInter) return BlockMode.Still;
        return IsPhoto(PixelKernels.Texture(target, at, picture.Stride)) ? BlockMode.Photo : BlockMode.Intra;
    }

    private void Plan(int block, uint[] source, uint[] target)
    {
        var (x, y, width, height) = picture.Area(block);
        var at = picture.At(x, y);
        var area = (width, height, picture.Stride);
        Surprises[block] = 0;
        var isFollowed = motion.IsFilm(block) && picture.IsWhole(block);
        if (isFollowed && motion.Follow(block) && motion.Find(block, target, default) && motion.IsClose)
        {
            Modes[block] = BlockMode.Motion;
            return;
        }

        for (var k = 0; k < VectorCount; k++)
        {
            if (!IsInside(x, y, width, height, Vectors[k])) continue;
            if (!PixelKernels.AreEqual(target, at, source, at + Offset(Vectors[k]), area)) continue;
            Modes[block] = BlockMode.Copy + (byte)k;
            return;
        }

        Modes[block] = picture.IsWhole(block) ? PlanWhole(block, at, source, target, isFollowed) : BlockMode.Still;
    }

    private BlockMode PlanWhole(int block, int at, uint[] source, uint[] target, bool isFollowed)
    {
        var kept = ring.Find(PixelKernels.Hash(target, at, picture.Stride));
        if (kept >= 0 && IsKept(kept, target, at))
        {
            References[block] = (ushort)kept;
            return BlockMode.Ring;
        }

        var (mode, equal) = BestInter(block, at, source, target);
        Surprises[block] = (ushort)(256 - equal);
        var texture = PixelKernels.Texture(target, at, picture.Stride);
        // Letters step far; what moves in small steps among moving photographs is part of them.
        var isFilm = (isFollowed || motion.Follow(block)) && 2 * texture.Small >= texture.Edges;
        if (IsPhoto(texture) && equal < LeastEqualInPhoto || isFilm)
            return motion.Find(block, target, Vectors.AsSpan(0, VectorCount)) ? BlockMode.Motion : BlockMode.Transform;
        if (equal >= LeastEqualForInter) return mode;
        Surprises[block] = (ushort)texture.Edges;
        return BlockMode.Intra;
    }

    private (BlockMode Mode, int Equal) BestInter(int block, int at, uint[] source, uint[] target)
    {
        var (x, y, width, height) = picture.Area(block);
        var (mode, best) = (BlockMode.Still, PixelKernels.CountEqual(target, at, source, at, picture.Stride));
        for (var k = 0; k < VectorCount; k++)
        {
            if (!IsInside(x, y, width, height, Vectors[k])) continue;
            var equal = PixelKernels.CountEqual(target, at, source, at + Offset(Vectors[k]), picture.Stride);
            if (equal > best) (mode, best) = (BlockMode.Moved + (byte)k, equal);
        }

        return (mode, best);
    }

    /// <summary>Whether the ring still holds there what the block is to show.</summary>
    public bool IsKept(int index, uint[] target, int at)
    {
        if (index >= picture.RingCount) return false;
        var kept = picture.RingBlock(index);
        for (var row = 0; row < BlockMap.BlockSize; row++)
            if (!kept.Slice(row * BlockMap.BlockSize, BlockMap.BlockSize).SequenceEqual(target.AsSpan(at + row * picture.Stride, BlockMap.BlockSize))) return false;
        return true;
    }

    public int Offset(MotionVector vector) => vector.Y * picture.Stride + vector.X;

    public bool IsInside(int x, int y, int width, int height, MotionVector vector) =>
        x + vector.X >= 0 && y + vector.Y >= 0 && x + vector.X + width <= picture.Width && y + vector.Y + height <= picture.Height;

    private static bool IsPhoto((int Lone, int Edges, int Small) texture) =>
        texture.Lone > LonePixelsOfPhoto || texture.Small > SmallStepsOfPhoto;
}
