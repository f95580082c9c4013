namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// The blocks of one mode in one piece as rectangles: in reading order the longest run in a row, then down as long as the
/// whole run goes on (docs/protocol/05-screen.md, "Groups").
/// </summary>
internal ref struct BlockGroups
{
    private readonly PxPicture picture;
    private readonly Span<BlockMode> modes;
    private readonly Span<bool> taken;
    private readonly int end;
    private readonly BlockMode mode;
    private int next;

    public BlockGroups(PxPicture picture, PieceContent content, BlockMode mode)
    {
        this.picture = picture;
        this.mode = mode;
        modes = content.Modes;
        taken = content.Taken;
        next = content.FirstRow * picture.Columns;
        end = next + content.RowCount * picture.Columns;
        taken[next..end].Clear();
    }

    public bool TryNext(out PixelArea area)
    {
        var columns = picture.Columns;
        for (; next < end; next++)
        {
            if (!IsFree(next)) continue;
            int column = next % columns, row = next / columns, across = 1, down = 1;
            while (column + across < columns && IsFree(next + across)) across++;
            while (next + down * columns < end && IsRunFree(next + down * columns, across)) down++;
            for (var i = 0; i < down; i++) taken.Slice(next + i * columns, across).Fill(true);
            const int Side = PxPicture.BlockSide;
            area = new PixelArea(
                column * Side, row * Side, Math.Min((column + across) * Side, picture.Width), Math.Min((row + down) * Side, picture.Height));
            return true;
        }

        area = default;
        return false;
    }

    private readonly bool IsFree(int block) => modes[block] == mode && !taken[block];

    private readonly bool IsRunFree(int start, int across)
    {
        for (var block = start; block < start + across; block++)
            if (!IsFree(block)) return false;
        return true;
    }
}
