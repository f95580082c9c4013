using System.Runtime.CompilerServices;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Approximated blocks: a prediction and the transform of the difference to it, in light and two colors
/// (docs/protocol/05-screen.md, "Transform modes"). The same body writes and reads.
/// </summary>
internal static class TransformCoder
{
    private const int Side = PxPicture.BlockSide, Size = Side * Side, LightParts = 4, MostParts = 12;
    private const int NeighborBias = 85, MotionBias = 43; // of 256: what rounds up to the next level

    // The scratch memory is written before it is read; clearing all of it would take as long as the transform.
    [SkipLocalsInit]
    public static void Code<TCoder>(
        ref TCoder coder, PxPicture picture, PieceContent content, int block, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var mode = content.Modes[block];
        Span<uint> prediction = stackalloc uint[Size];
        Span<int> light = stackalloc int[Size], blueness = stackalloc int[Size], redness = stackalloc int[Size];
        var area = picture.Area(block);
        if (mode == BlockMode.Motion) PredictByMotion(picture, area, content.Motions[block], prediction);
        else prediction.Fill(MeanOfNeighbors(picture, area));
        Span<int> levels = stackalloc int[MostParts * BlockTransform.Size];
        var parts = mode == BlockMode.FineTransform ? MostParts : LightParts + 2;
        var kind = mode == BlockMode.Motion ? 2 : 0;
        // The shared body reads a level before it codes it, also where it decodes.
        levels = levels[..(parts * BlockTransform.Size)];
        levels.Clear();
        if (!coder.Decodes && !content.Quiet[block])
        {
            if (area.Height < Side) ClearPlanes(light, blueness, redness); // rows below the edge are not split
            Split(picture, area, prediction, actual, light, blueness, redness);
            Quantize(light, blueness, redness, parts, content, kind, levels);
        }

        if (mode == BlockMode.Motion && !CodeAny(ref coder, picture, content, block, levels)) parts = 0;
        Span<int> counts = stackalloc int[MostParts];
        counts.Clear();
        for (var part = 0; part < parts; part++)
        {
            var partKind = part < LightParts ? kind : kind + 1;
            counts[part] = picture.Model.Transform.Code(ref coder, partKind, levels.Slice(part * BlockTransform.Size, BlockTransform.Size));
        }

        if (!counts[..parts].ContainsAnyExcept(0))
        {
            PutPrediction(picture, area, prediction);
            return;
        }

        Restore(levels, counts, parts, content.Step, light, blueness, redness);
        Join(picture, area, prediction, light, blueness, redness);
    }

    // Whether a moved block differs from its source at all; likely so when the blocks to the left and above did.
    private static bool CodeAny<TCoder>(ref TCoder coder, PxPicture picture, PieceContent content, int block, scoped Span<int> levels)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var left = block % picture.Columns > 0 && Differs(content, block - 1);
        var upper = block / picture.Columns > content.FirstRow && Differs(content, block - picture.Columns);
        var context = (left ? 1 : 0) + (upper ? 1 : 0);
        var any = !coder.Decodes && levels.ContainsAnyExcept(0) ? 1 : 0;
        return content.Differs[block] = coder.Bit(ref picture.Model.Transform.Any[context], any) != 0;
    }

    private static bool Differs(PieceContent content, int block) => content.Modes[block] == BlockMode.Motion && content.Differs[block];

    [SkipLocalsInit]
    private static void Quantize(
        ReadOnlySpan<int> light, ReadOnlySpan<int> blueness, ReadOnlySpan<int> redness, int parts, PieceContent content, int kind, Span<int> levels)
    {
        var bias = kind == 0 ? NeighborBias : MotionBias;
        Span<int> part = stackalloc int[BlockTransform.Size];
        for (var i = 0; i < parts; i++)
        {
            if (i < LightParts) TakeQuarter(light, i, part);
            else if (parts == MostParts) TakeQuarter(i < 2 * LightParts ? blueness : redness, i & 3, part);
            else TakeHalved(i == LightParts ? blueness : redness, part);
            BlockTransform.Forward(part, content.Step, bias, levels.Slice(i * BlockTransform.Size, BlockTransform.Size));
        }
    }

    [SkipLocalsInit]
    private static void Restore(
        ReadOnlySpan<int> levels, ReadOnlySpan<int> counts, int parts, int step, Span<int> light, Span<int> blueness, Span<int> redness)
    {
        Span<int> part = stackalloc int[BlockTransform.Size];
        ClearPlanes(light, blueness, redness);
        for (var i = 0; i < parts; i++)
        {
            if (counts[i] == 0) continue;
            BlockTransform.Inverse(levels.Slice(i * BlockTransform.Size, BlockTransform.Size), counts[i], step, part);
            if (i < LightParts) PutQuarter(part, i, light);
            else if (parts == MostParts) PutQuarter(part, i & 3, i < 2 * LightParts ? blueness : redness);
            else PutDoubled(part, i == LightParts ? blueness : redness);
        }
    }

    private static void ClearPlanes(Span<int> light, Span<int> blueness, Span<int> redness)
    {
        light.Clear();
        blueness.Clear();
        redness.Clear();
    }

    private static void TakeQuarter(ReadOnlySpan<int> plane, int quarter, Span<int> part)
    {
        var start = (quarter >> 1) * BlockTransform.Side * Side + (quarter & 1) * BlockTransform.Side;
        for (var y = 0; y < BlockTransform.Side; y++)
            plane.Slice(start + y * Side, BlockTransform.Side).CopyTo(part[(y * BlockTransform.Side)..]);
    }

    private static void PutQuarter(ReadOnlySpan<int> part, int quarter, Span<int> plane)
    {
        var start = (quarter >> 1) * BlockTransform.Side * Side + (quarter & 1) * BlockTransform.Side;
        for (var y = 0; y < BlockTransform.Side; y++)
            part.Slice(y * BlockTransform.Side, BlockTransform.Side).CopyTo(plane[(start + y * Side)..]);
    }

    private static void TakeHalved(ReadOnlySpan<int> plane, Span<int> part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            var at = (i >> 3) * 2 * Side + (i & 7) * 2;
            part[i] = (plane[at] + plane[at + 1] + plane[at + Side] + plane[at + Side + 1] + 2) >> 2;
        }
    }

    private static void PutDoubled(ReadOnlySpan<int> part, Span<int> plane)
    {
        for (var i = 0; i < Size; i++) plane[i] = part[(i >> 5) * BlockTransform.Side + ((i & 15) >> 1)];
    }

    private static void PredictByMotion(PxPicture picture, (int X, int Y, int Width, int Height) area, MotionVector motion, Span<uint> prediction)
    {
        for (var y = 0; y < area.Height; y++)
            picture.Previous.AsSpan(picture.At(area.X + motion.X, area.Y + y + motion.Y), area.Width).CopyTo(prediction[(y * Side)..]);
    }

    private static uint MeanOfNeighbors(PxPicture picture, (int X, int Y, int Width, int Height) area)
    {
        int red = 0, green = 0, blue = 0, count = 0;
        if (area.Y > 0)
            foreach (var pixel in picture.Pixels.AsSpan(picture.At(area.X, area.Y - 1), area.Width)) Add(pixel);
        if (area.X > 0)
            for (var y = 0; y < area.Height; y++) Add(picture.Pixels[picture.At(area.X - 1, area.Y + y)]);
        if (count == 0) return 0x808080;
        return (uint)((red + count / 2) / count << 16 | (green + count / 2) / count << 8 | (blue + count / 2) / count);

        void Add(uint pixel)
        {
            red += (int)(pixel >> 16);
            green += (int)(pixel >> 8) & 255;
            blue += (int)pixel & 255;
            count++;
        }
    }

    private static void Split(
        PxPicture picture, (int X, int Y, int Width, int Height) area, ReadOnlySpan<uint> prediction, ReadOnlySpan<uint> actual,
        Span<int> light, Span<int> blueness, Span<int> redness)
    {
        for (var y = 0; y < area.Height; y++)
        {
            var row = actual.Slice(picture.At(area.X, area.Y + y), area.Width);
            ColorTransform.Split(row, prediction[(y * Side)..], light[(y * Side)..], blueness[(y * Side)..], redness[(y * Side)..]);
        }
    }

    private static void Join(
        PxPicture picture, (int X, int Y, int Width, int Height) area, ReadOnlySpan<uint> prediction,
        ReadOnlySpan<int> light, ReadOnlySpan<int> blueness, ReadOnlySpan<int> redness)
    {
        for (var y = 0; y < area.Height; y++)
        {
            var row = picture.Pixels.AsSpan(picture.At(area.X, area.Y + y), area.Width);
            ColorTransform.Join(prediction[(y * Side)..], light[(y * Side)..], blueness[(y * Side)..], redness[(y * Side)..], row);
        }
    }

    private static void PutPrediction(PxPicture picture, (int X, int Y, int Width, int Height) area, ReadOnlySpan<uint> prediction)
    {
        for (var y = 0; y < area.Height; y++)
            prediction.Slice(y * Side, area.Width).CopyTo(picture.Pixels.AsSpan(picture.At(area.X, area.Y + y)));
    }
}
