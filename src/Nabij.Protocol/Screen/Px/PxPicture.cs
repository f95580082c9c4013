using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// What both sides of codec 2 keep between pieces: the picture, the picture before the update, what each block last was,
/// the ring of old blocks, the model (docs/protocol/05-screen.md, "State"). Pixels are 0x00RRGGBB. Not thread-safe.
/// </summary>
public sealed class PxPicture
{
    /// <summary>Side of a block, in pixels.</summary>
    public const int BlockSide = ScreenLimits.BlockSide;

    /// <summary>Blocks that the ring holds.</summary>
    public const int RingBlocks = 8192;

    /// <summary>Columns of black beside the picture and rows of black above it, so that every pixel has its neighbors.</summary>
    public const int SideMargin = 4, UpperMargin = 2;

    private const int BlockPixels = BlockSide * BlockSide;
    private const int RestBeforeRing = 5;

    internal uint[] Pixels = [], Previous = [];
    internal uint[] LastUpdate = [];
    internal bool[] IsApproximated = [];
    private uint[] ring = [];
    private int[] changed = [];
    private int changedCount;
    internal int RingFilled, RingNext, RingReference;
    internal int VectorCount;
    internal readonly MotionVector[] Vectors = new MotionVector[4];
    internal readonly PxModel Model = new();

    /// <summary>Width of the picture, in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the picture, in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Pixels from one row to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Blocks in a row.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows of blocks.</summary>
    public int Rows { get; private set; }

    /// <summary>The update that is being put together: 1 after a start, one more with each that is whole.</summary>
    public uint Update { get; private set; }

    /// <summary>Blocks that the current update has changed so far, in the order of coding.</summary>
    public ReadOnlySpan<int> Changed => changed.AsSpan(0, changedCount);

    /// <summary>Starts anew: black, of this size, nothing learned.</summary>
    public void Reset(int width, int height)
    {
        if (!ScreenLimits.IsScreenSize(width, height)) throw new ArgumentOutOfRangeException(nameof(width));
        if ((width, height) == (Width, Height))
        {
            foreach (var pixels in (ReadOnlySpan<uint[]>)[Pixels, Previous, LastUpdate]) pixels.AsSpan().Clear();
            IsApproximated.AsSpan().Clear();
        }
        else
        {
            Allocate(width, height);
        }

        if (ring.Length == 0) ring = new uint[RingBlocks * BlockPixels];
        Update = 1;
        changedCount = RingFilled = RingNext = VectorCount = 0;
        RingReference = -1;
        Model.Reset();
    }

    /// <summary>One row of the picture, from the left.</summary>
    public ReadOnlySpan<uint> Row(int y) => Pixels.AsSpan(At(0, y), Width);

    /// <summary>All pixels, margins included, as <see cref="At"/> places them.</summary>
    public ReadOnlySpan<uint> AllPixels => Pixels;

    /// <summary>All pixels of the picture before the current update.</summary>
    public ReadOnlySpan<uint> AllPrevious => Previous;

    /// <summary>The hash of CHECK over the picture as it is.</summary>
    public ulong Hash(uint update) => PictureHash.Compute(Pixels.AsSpan(At(0, 0)), Width, Height, Stride, update);

    /// <summary>The content of a block of the ring, row by row.</summary>
    public ReadOnlySpan<uint> RingBlock(int index) => ring.AsSpan(index * BlockPixels, BlockPixels);

    /// <summary>Whether coding this block now will put its present content into the ring.</summary>
    public bool EntersRing(int block) =>
        Update - LastUpdate[block] >= RestBeforeRing && !IsApproximated[block] && IsWhole(block);

    /// <summary>How many blocks the ring holds so far.</summary>
    public int RingCount => RingFilled;

    /// <summary>Number of the ring block that the next content goes to.</summary>
    public int NextRingBlock => RingNext;

    /// <summary>The update is whole: what follows refers to the picture as it is now.</summary>
    public void EndUpdate()
    {
        for (var i = 0; i < changedCount;)
        {
            var run = RunAt(i);
            CopyRun(Pixels, Previous, changed[i], run);
            i += run;
        }

        changedCount = 0;
        Update++;
    }

    /// <summary>How many of <see cref="Changed"/> from this one on lie side by side.</summary>
    public int RunAt(int index)
    {
        var end = index + 1;
        while (end < changedCount && changed[end] == changed[end - 1] + 1 && changed[end] % Columns != 0) end++;
        return end - index;
    }

    /// <summary>Copies blocks that lie side by side, between two memories laid out like the picture.</summary>
    public void CopyRun(ReadOnlySpan<uint> from, Span<uint> to, int block, int run)
    {
        var (x, y, _, height) = Area(block);
        var width = Math.Min(run * BlockSide, Width - x);
        for (int row = 0, at = At(x, y); row < height; row++, at += Stride) from.Slice(at, width).CopyTo(to[at..]);
    }

    /// <summary>Index of a pixel in memory laid out like the picture, margins included.</summary>
    public int At(int x, int y) => (y + UpperMargin) * Stride + SideMargin + x;

    /// <summary>The pixels of a block; cut off at the right and lower edge.</summary>
    public (int X, int Y, int Width, int Height) Area(int block)
    {
        var (x, y) = (block % Columns * BlockSide, block / Columns * BlockSide);
        return (x, y, Math.Min(BlockSide, Width - x), Math.Min(BlockSide, Height - y));
    }

    /// <summary>False where an edge cuts the block off.</summary>
    public bool IsWhole(int block) => Area(block) is { Width: BlockSide, Height: BlockSide };

    /// <summary>Notes that the current update codes this block, and saves its old content where that is due.</summary>
    internal void Change(int block, BlockMode mode)
    {
        WireReader.Require(LastUpdate[block] != Update, WireError.InvalidValue);
        if (EntersRing(block)) Save(block);
        LastUpdate[block] = Update;
        IsApproximated[block] = mode is BlockMode.Transform or BlockMode.Motion or BlockMode.FineTransform;
        changed[changedCount++] = block;
    }

    private void Save(int block)
    {
        var (x, y, _, _) = Area(block);
        var target = ring.AsSpan(RingNext * BlockPixels, BlockPixels);
        for (var row = 0; row < BlockSide; row++)
            Previous.AsSpan(At(x, y + row), BlockSide).CopyTo(target[(row * BlockSide)..]);
        RingNext = (RingNext + 1) % RingBlocks;
        RingFilled = Math.Min(RingFilled + 1, RingBlocks);
    }

    private void Allocate(int width, int height)
    {
        (Width, Height, Stride) = (width, height, width + 2 * SideMargin);
        Columns = (width + BlockSide - 1) / BlockSide;
        Rows = (height + BlockSide - 1) / BlockSide;
        var size = (height + UpperMargin) * Stride + SideMargin;
        Pixels = new uint[size];
        Previous = new uint[size];
        LastUpdate = new uint[Columns * Rows];
        IsApproximated = new bool[Columns * Rows];
        changed = new int[Columns * Rows];
    }
}
