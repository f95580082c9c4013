using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// The content of one UPDATE in codec 1 (docs/protocol/05-screen.md, "deflated blocks"): one raw DEFLATE stream of first
/// row u16, row count u16, a map of marked blocks, and the marked blocks' pixels. That no block is marked twice within an
/// update is checked by who puts the pieces together.
/// </summary>
public sealed class BlockPiece
{
    private const int BytesPerPixel = 3;

    private BlockPiece(int firstRow, int rowCount, IReadOnlyList<Block> blocks) =>
        (FirstRow, RowCount, Blocks) = (firstRow, rowCount, blocks);

    /// <summary>Block row where the piece begins.</summary>
    public int FirstRow { get; }

    /// <summary>How many block rows it spans.</summary>
    public int RowCount { get; }

    /// <summary>The marked blocks, in reading order.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>Reads the content of one piece for a screen of this size, in pixels.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static BlockPiece Decode(ReadOnlySpan<byte> content, int width, int height)
    {
        var inflated = Inflater.Inflate(content, ScreenLimits.InflatedPieceBytes);
        var reader = new WireReader(inflated.Span);
        int firstRow = reader.ReadU16(), rowCount = reader.ReadU16();
        int columns = CountBlocks(width), rows = CountBlocks(height);
        WireReader.Require(rowCount >= 1 && firstRow + rowCount <= rows, WireError.InvalidValue);
        var map = reader.ReadBytes(((columns * rowCount) + 7) / 8);
        var blocks = new List<Block>();
        for (var index = 0; index < map.Length * 8; index++)
        {
            if ((map[index / 8] & (0x80 >> (index % 8))) == 0)
                continue;
            WireReader.Require(index < columns * rowCount, WireError.InvalidValue);
            var (column, row) = (index % columns, firstRow + (index / columns));
            var blockWidth = Math.Min(ScreenLimits.BlockSide, width - (column * ScreenLimits.BlockSide));
            var blockHeight = Math.Min(ScreenLimits.BlockSide, height - (row * ScreenLimits.BlockSide));
            var at = inflated.Length - reader.Remaining;
            var length = reader.ReadBytes(blockWidth * blockHeight * BytesPerPixel).Length;
            blocks.Add(new Block(column, row, blockWidth, blockHeight, inflated.Slice(at, length)));
        }

        reader.RequireEnd();
        return new BlockPiece(firstRow, rowCount, blocks);
    }

    private static int CountBlocks(int pixels) => (pixels + ScreenLimits.BlockSide - 1) / ScreenLimits.BlockSide;
}
