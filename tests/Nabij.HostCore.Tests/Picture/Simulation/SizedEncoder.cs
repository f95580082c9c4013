using System.Buffers;
using System.Buffers.Binary;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>
/// An encoder whose sizes are known: each 16x16 block is one color, and the color's red says what kind of content it
/// stands for and so how many bytes it takes at each quality. A piece is its number and padding; what it means is looked
/// up here by the simulated viewer.
/// </summary>
internal sealed class SizedEncoder : IVideoEncoder
{
    private const int RowsPerPiece = 4, FocusBlocks = 13, PieceHead = 16;
    private static readonly TimeSpan StillFor = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<uint, Block[]> pieces = [];
    private uint[] colors = [];
    private bool[] approximated = [];
    private TimeSpan[] changedAt = [];
    private int columns, nextRow;
    private BlockMap? begun;
    private uint nextPiece;

    /// <summary>One block of a piece.</summary>
    public readonly record struct Block(int Index, uint Color, bool IsExact);

    public byte Codec => Protocol.Screen.Update.PxCodec;

    /// <summary>Bytes at Fine, Coarse, Rough, Least, and exactly.</summary>
    public static double BytesOf(uint color, int quality) => (BlockKind)(color >> 16 & 0xFF) switch
    {
        BlockKind.Copied => 0.25,
        BlockKind.Mixed => 4.6,
        BlockKind.Text => quality is 2 or 3 ? 12 : 40,
        BlockKind.Photo => quality switch { 0 => 120, 1 => 70, 2 => 70, 3 => 35, _ => 600 },
        BlockKind.Video => quality switch { 0 => 11, 1 => 6, 2 => 6, 3 => 3, _ => 500 },
        _ => 1,
    };

    /// <summary>The blocks of a piece by its content.</summary>
    public Block[] Take(ReadOnlySpan<byte> content)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(content);
        Assert.True(pieces.Remove(number, out var blocks));
        return blocks!;
    }

    public void Reset(int width, int height)
    {
        columns = (width + 15) / 16;
        var count = columns * ((height + 15) / 16);
        (colors, approximated, changedAt) = (new uint[count], new bool[count], new TimeSpan[count]);
        pieces.Clear();
    }

    public int Begin(PixelView newest, BlockMap changed, TimeSpan now)
    {
        var count = 0;
        for (var i = 0; i < colors.Length; i++)
        {
            if (!changed.Row(i / columns)[i % columns]) continue;
            if (ColorAt(newest, i) == colors[i])
            {
                changed.Unmark(i % columns, i / columns);
                continue;
            }
            count++;
            changedAt[i] = now;
        }
        for (var row = 0; row < changed.Rows; row++) changed.SettleRow(row);
        begun = changed;
        newestColors = Colors(newest);
        return count;
    }

    private uint[] newestColors = [];

    public int EstimateBytes(PictureQuality quality)
    {
        var bytes = (double)PieceHead;
        for (var i = 0; i < colors.Length; i++)
            if (begun!.Row(i / columns)[i % columns]) bytes += BytesOf(newestColors[i], (int)quality);
        return (int)bytes;
    }

    public bool EncodePiece(PixelView newest, BlockMap changed, in PieceGoals goals, IBufferWriter<byte> content)
    {
        if (changed.IsEmpty) return false;
        var chosen = new List<Block>();
        var bytes = 0.0;
        var focus = goals.Focus;
        if (focus is { } at) Choose(at.X / 16 - FocusBlocks, at.Y / 16 - FocusBlocks, 2 * FocusBlocks, 2 * FocusBlocks, goals.Quality);
        if (chosen.Count == 0)
        {
            while (!changed.RowHasAny(nextRow)) nextRow = (nextRow + 1) % changed.Rows;
            Choose(0, nextRow, columns, RowsPerPiece, goals.Quality);
            nextRow = (nextRow + RowsPerPiece) % changed.Rows;
        }
        Write(content, [.. chosen], bytes);
        return true;

        void Choose(int left, int top, int width, int height, PictureQuality quality)
        {
            for (var row = Math.Max(0, top); row < Math.Min(changed.Rows, top + height); row++)
            {
                for (var column = Math.Max(0, left); column < Math.Min(columns, left + width); column++)
                {
                    if (!changed.Row(row)[column]) continue;
                    var i = row * columns + column;
                    var exact = IsExactAtFirst(newestColors[i], quality);
                    (colors[i], approximated[i]) = (newestColors[i], !exact);
                    chosen.Add(new Block(i, colors[i], exact));
                    bytes += BytesOf(colors[i], (int)quality);
                    changed.Unmark(column, row);
                }
                changed.SettleRow(row);
            }
        }
    }

    public void EncodeNothing(IBufferWriter<byte> content) => Write(content, [], 0);

    public TimeSpan? UntilRefinement(TimeSpan now)
    {
        TimeSpan? first = null;
        for (var i = 0; i < colors.Length; i++)
            if (approximated[i] && (first is null || changedAt[i] < first)) first = changedAt[i];
        if (first is not { } since) return null;
        return since + StillFor > now ? since + StillFor - now : TimeSpan.Zero;
    }

    public bool EncodeRefinement(TimeSpan now, BlockMap pending, (int X, int Y)? focus, int budgetBytes, IBufferWriter<byte> content)
    {
        var chosen = new List<Block>();
        var bytes = 0.0;
        for (var i = 0; i < colors.Length && bytes < budgetBytes; i++)
        {
            if (!approximated[i] || changedAt[i] + StillFor > now || pending.Row(i / columns)[i % columns]) continue;
            approximated[i] = false;
            chosen.Add(new Block(i, colors[i], IsExact: true));
            bytes += BytesOf(colors[i], 4);
        }
        if (chosen.Count > 0) Write(content, [.. chosen], bytes);
        return chosen.Count > 0;
    }

    public ulong Hash(uint update) => 0;

    public void Dispose()
    {
    }

    private static bool IsExactAtFirst(uint color, PictureQuality quality) => (BlockKind)(color >> 16 & 0xFF) switch
    {
        BlockKind.Photo or BlockKind.Video => false,
        BlockKind.Text => quality < PictureQuality.Rough,
        _ => true,
    };

    private uint ColorAt(PixelView newest, int index) => newest.Row(index / columns * 16)[index % columns * 16] & PixelView.ColorMask;

    private uint[] Colors(PixelView newest)
    {
        var all = new uint[colors.Length];
        for (var i = 0; i < all.Length; i++) all[i] = ColorAt(newest, i);
        return all;
    }

    private void Write(IBufferWriter<byte> content, Block[] blocks, double bytes)
    {
        var length = PieceHead + (int)bytes;
        var span = content.GetSpan(length)[..length];
        span.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(span, ++nextPiece);
        pieces[nextPiece] = blocks;
        content.Advance(length);
    }
}
