using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// One piece of an update in codec 2: its head, the map of modes, then the pixels, in the order of
/// docs/protocol/05-screen.md, "Piece". The same body writes and reads.
/// </summary>
internal static class PieceCoder
{
    private const int RowBits = 10, StepBits = 6, VectorCountBits = 3, ModeBits = 4, RingBits = 13;
    private const int MostVectors = 4;

    public static void Code<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        CodeHead(ref coder, picture, content);
        CodeMap(ref coder, picture, content);
        Prepare(picture, content);
        CodePixels(ref coder, picture, content, actual);
        CodeTransforms(ref coder, picture, content, actual);
    }

    private static void CodeHead<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        content.FirstRow = Tree.Code(ref coder, model.FirstRow, RowBits, content.FirstRow);
        content.RowCount = Tree.Code(ref coder, model.RowCount, RowBits, content.RowCount - 1) + 1;
        WireReader.Require(content.FirstRow + content.RowCount <= picture.Rows, WireError.InvalidValue);
        content.Step = Tree.Code(ref coder, model.Step, StepBits, content.Step);
        WireReader.Require(content.Step > 0, WireError.InvalidValue);
        CodeVectors(ref coder, picture, content);
    }

    private static void CodeVectors<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        var known = picture.Vectors.AsSpan(0, picture.VectorCount);
        var isOther = !coder.Decodes && !known.SequenceEqual(content.Vectors.AsSpan(0, content.VectorCount)) ? 1 : 0;
        if (coder.Bit(ref model.SameVectors, isOther) == 0)
        {
            known.CopyTo(content.Vectors);
            content.VectorCount = known.Length;
            return;
        }

        content.VectorCount = Tree.Code(ref coder, model.VectorCount, VectorCountBits, content.VectorCount);
        WireReader.Require(content.VectorCount <= MostVectors, WireError.InvalidValue);
        for (var i = 0; i < content.VectorCount; i++)
        {
            var x = FromFolded(model.VectorX.Code(ref coder, Folded(content.Vectors[i].X)));
            var y = FromFolded(model.VectorY.Code(ref coder, Folded(content.Vectors[i].Y)));
            content.Vectors[i] = picture.Vectors[i] = new MotionVector(x, y);
        }

        picture.VectorCount = content.VectorCount;
    }

    private static void CodeMap<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        var columns = picture.Columns;
        var wasAny = 0;
        for (var row = content.FirstRow; row < content.FirstRow + content.RowCount; row++)
        {
            var modes = content.Modes.AsSpan(row * columns, columns);
            var isAny = !coder.Decodes && modes.IndexOfAnyExcept(BlockMode.Same) >= 0 ? 1 : 0;
            wasAny = coder.Bit(ref model.RowAny[wasAny], isAny);
            if (wasAny == 0)
            {
                modes.Clear();
                continue;
            }

            var upper = row > content.FirstRow ? content.Modes.AsSpan((row - 1) * columns, columns) : default;
            for (var column = 0; column < columns; column++)
            {
                var left = column > 0 ? modes[column - 1] : BlockMode.Same;
                modes[column] = CodeMode(ref coder, model, left, upper.IsEmpty ? BlockMode.Same : upper[column], modes[column]);
                if (modes[column] == BlockMode.Ring) CodeReference(ref coder, picture, content, row * columns + column);
            }
        }
    }

    private static BlockMode CodeMode<TCoder>(ref TCoder coder, PxModel model, BlockMode left, BlockMode upper, BlockMode mode)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var context = ((int)left << ModeBits) + (int)upper;
        if (coder.Bit(ref model.SameAsLeft[context], mode == left ? 0 : 1) == 0) return left;
        if (upper != left && coder.Bit(ref model.SameAsUpper[context], mode == upper ? 0 : 1) == 0) return upper;
        return (BlockMode)Tree.Code(ref coder, model.Mode.AsSpan((int)left << ModeBits, 1 << ModeBits), ModeBits, (int)mode);
    }

    private static void CodeReference<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, int block)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var next = (picture.RingReference + 1) % PxPicture.RingBlocks;
        var index = (int)content.References[block];
        if (coder.Bit(ref picture.Model.NextInRing, index == next ? 0 : 1) == 0) index = next;
        else index = coder.EvenBits(RingBits, index);
        WireReader.Require(index < picture.RingFilled && picture.IsWhole(block), WireError.InvalidValue);
        content.References[block] = (ushort)index;
        picture.RingReference = index;
    }

    // Blocks that need no more bits. The ring is read before anything goes into it.
    private static void Prepare(PxPicture picture, PieceContent content)
    {
        var first = content.FirstRow * picture.Columns;
        var end = first + content.RowCount * picture.Columns;
        for (var block = first; block < end; block++)
            if (content.Modes[block] == BlockMode.Ring) PutRing(picture, block, content.References[block]);
        for (var block = first; block < end; block++)
        {
            var mode = content.Modes[block];
            if (mode == BlockMode.Same) continue;
            var vector = (int)mode - (int)(mode >= BlockMode.Moved ? BlockMode.Moved : BlockMode.Copy);
            if (mode is >= BlockMode.Copy and < BlockMode.Ring or >= BlockMode.Moved and < BlockMode.Photo)
                RequireSource(picture, content, block, vector);
            picture.Change(block, mode);
        }

        for (var block = first; block < end;)
        {
            var mode = content.Modes[block];
            var run = 1;
            while (mode is >= BlockMode.Copy and < BlockMode.Ring && (block + run) % picture.Columns != 0 && content.Modes[block + run] == mode) run++;
            if (mode is >= BlockMode.Copy and < BlockMode.Ring) PutCopy(picture, block, run, content.Vectors[mode - BlockMode.Copy]);
            block += run;
        }
    }

    private static void CodePixels<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        foreach (var mode in (ReadOnlySpan<byte>)[6, 7, 9, 10, 11, 12, 13])
        {
            var groups = new BlockGroups(picture, content, (BlockMode)mode);
            while (groups.TryNext(out var area))
            {
                switch ((BlockMode)mode)
                {
                    case BlockMode.Still:
                        PixelCoder.Code(ref coder, picture, area, new MotionVector(0, 0), actual);
                        break;
                    case BlockMode.Intra:
                        PixelCoder.Code(ref coder, picture, area, null, actual);
                        break;
                    case BlockMode.Photo:
                        PixelCoder.CodePhoto(ref coder, picture, area, actual);
                        break;
                    default:
                        PixelCoder.Code(ref coder, picture, area, content.Vectors[mode - (int)BlockMode.Moved], actual);
                        break;
                }

                coder.RequireMore();
            }
        }
    }

    private static void CodeTransforms<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var first = content.FirstRow * picture.Columns;
        var end = first + content.RowCount * picture.Columns;
        for (var block = first; block < end; block++)
        {
            var mode = content.Modes[block];
            if (mode is not (BlockMode.Transform or BlockMode.Motion or BlockMode.FineTransform)) continue;
            if (mode == BlockMode.Motion) CodeMotion(ref coder, picture, content, block);
            TransformCoder.Code(ref coder, picture, content, block, actual);
            coder.RequireMore();
        }
    }

    // Foretold by the block to the left, else the one above, if they move as well.
    private static void CodeMotion<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, int block)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model.Transform;
        var foretold = default(MotionVector);
        if (block % picture.Columns > 0 && content.Modes[block - 1] == BlockMode.Motion) foretold = content.Motions[block - 1];
        else if (block / picture.Columns > content.FirstRow && content.Modes[block - picture.Columns] == BlockMode.Motion)
            foretold = content.Motions[block - picture.Columns];
        var motion = content.Motions[block];
        var x = foretold.X + FromFolded(model.MotionX.Code(ref coder, Folded(motion.X - foretold.X)));
        var y = foretold.Y + FromFolded(model.MotionY.Code(ref coder, Folded(motion.Y - foretold.Y)));
        content.Motions[block] = new MotionVector(x, y);
        RequireInside(picture, block, x, y);
    }

    private static void PutRing(PxPicture picture, int block, int index)
    {
        var (x, y, _, _) = picture.Area(block);
        var source = picture.RingBlock(index);
        for (var row = 0; row < PxPicture.BlockSide; row++)
            source.Slice(row * PxPicture.BlockSide, PxPicture.BlockSide).CopyTo(picture.Pixels.AsSpan(picture.At(x, y + row)));
    }

    private static void PutCopy(PxPicture picture, int block, int run, MotionVector vector)
    {
        var (x, y, _, height) = picture.Area(block);
        var width = Math.Min(run * PxPicture.BlockSide, picture.Width - x);
        for (var row = y; row < y + height; row++)
            picture.Previous.AsSpan(picture.At(x + vector.X, row + vector.Y), width).CopyTo(picture.Pixels.AsSpan(picture.At(x, row)));
    }

    private static void RequireSource(PxPicture picture, PieceContent content, int block, int vector)
    {
        WireReader.Require(vector < content.VectorCount, WireError.InvalidValue);
        RequireInside(picture, block, content.Vectors[vector].X, content.Vectors[vector].Y);
    }

    private static void RequireInside(PxPicture picture, int block, int dx, int dy)
    {
        var (x, y, width, height) = picture.Area(block);
        WireReader.Require(
            x + dx >= 0 && y + dy >= 0 && x + dx + width <= picture.Width && y + dy + height <= picture.Height, WireError.InvalidValue);
    }

    private static int Folded(int value) => value < 0 ? -2 * value - 1 : 2 * value;

    private static int FromFolded(int value) => (value & 1) != 0 ? -(value + 1) / 2 : value / 2;
}
