namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Approximated blocks: a prediction and the transform of the difference to it, in light and two colors
/// (docs/protocol/05-screen.md, "Transform modes"). The same body writes and reads.
/// </summary>
internal static class TransformCoder
{
    private const int Side = PxPicture.BlockSide, Size = Side * Side;
    private const int NeighborBias = 85, MotionBias = 43; // of 256: what rounds up to the next level

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
        if (!coder.Decodes) Difference(picture, area, prediction, actual, light, blueness, redness);
        var kind = mode == BlockMode.Motion ? 2 : 0;
        var isFine = mode == BlockMode.FineTransform;
        CodePlane(ref coder, picture.Model.Transform, kind, content.Step, light);
        CodeColor(ref coder, picture.Model.Transform, kind + 1, content.Step, blueness, isFine);
        CodeColor(ref coder, picture.Model.Transform, kind + 1, content.Step, redness, isFine);
        Reconstruct(picture, area, prediction, light, blueness, redness);
    }

    private static void CodePlane<TCoder>(ref TCoder coder, TransformModel model, int kind, int step, scoped Span<int> plane)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        Span<int> part = stackalloc int[BlockTransform.Size];
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var start = (quarter >> 1) * 8 * Side + (quarter & 1) * 8;
            for (var y = 0; y < 8; y++) plane.Slice(start + y * Side, 8).CopyTo(part[(y * 8)..]);
            CodePart(ref coder, model, kind, step, part);
            for (var y = 0; y < 8; y++) part.Slice(y * 8, 8).CopyTo(plane[(start + y * Side)..]);
        }
    }

    private static void CodeColor<TCoder>(ref TCoder coder, TransformModel model, int kind, int step, scoped Span<int> plane, bool isFine)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (isFine)
        {
            CodePlane(ref coder, model, kind, step, plane);
            return;
        }

        Span<int> part = stackalloc int[BlockTransform.Size];
        if (!coder.Decodes)
            for (var i = 0; i < part.Length; i++)
            {
                var at = (i >> 3) * 2 * Side + (i & 7) * 2;
                part[i] = (plane[at] + plane[at + 1] + plane[at + Side] + plane[at + Side + 1] + 2) >> 2;
            }

        CodePart(ref coder, model, kind, step, part);
        for (var i = 0; i < Size; i++) plane[i] = part[(i >> 5) * 8 + ((i & 15) >> 1)];
    }

    private static void CodePart<TCoder>(ref TCoder coder, TransformModel model, int kind, int step, scoped Span<int> part)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        Span<int> levels = stackalloc int[BlockTransform.Size];
        if (!coder.Decodes) BlockTransform.Forward(part, step, kind < 2 ? NeighborBias : MotionBias, levels);
        var count = model.Code(ref coder, kind, levels);
        if (count == 0) part.Clear();
        else BlockTransform.Inverse(levels, count, step, part);
    }

    private static void PredictByMotion(PxPicture picture, (int X, int Y, int Width, int Height) area, Vector motion, Span<uint> prediction)
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

    private static void Difference(
        PxPicture picture, (int X, int Y, int Width, int Height) area, ReadOnlySpan<uint> prediction, ReadOnlySpan<uint> actual,
        Span<int> light, Span<int> blueness, Span<int> redness)
    {
        light.Clear();
        blueness.Clear();
        redness.Clear();
        for (var y = 0; y < area.Height; y++)
        {
            var row = actual.Slice(picture.At(area.X, area.Y + y), area.Width);
            for (var x = 0; x < row.Length; x++)
            {
                uint pixel = row[x], foretold = prediction[y * Side + x];
                var red = (int)(pixel >> 16) - (int)(foretold >> 16);
                var green = (int)(pixel >> 8 & 255) - (int)(foretold >> 8 & 255);
                var blue = (int)(pixel & 255) - (int)(foretold & 255);
                light[y * Side + x] = (77 * red + 150 * green + 29 * blue + 128) >> 8;
                blueness[y * Side + x] = (-43 * red - 85 * green + 128 * blue + 128) >> 8;
                redness[y * Side + x] = (128 * red - 107 * green - 21 * blue + 128) >> 8;
            }
        }
    }

    private static void Reconstruct(
        PxPicture picture, (int X, int Y, int Width, int Height) area, ReadOnlySpan<uint> prediction,
        ReadOnlySpan<int> light, ReadOnlySpan<int> blueness, ReadOnlySpan<int> redness)
    {
        for (var y = 0; y < area.Height; y++)
        {
            var row = picture.Pixels.AsSpan(picture.At(area.X, area.Y + y), area.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var i = y * Side + x;
                int l = light[i], b = blueness[i], r = redness[i];
                var foretold = prediction[i];
                var red = Byte((int)(foretold >> 16) + l + ((359 * r + 128) >> 8));
                var green = Byte((int)(foretold >> 8 & 255) + l - ((88 * b + 183 * r + 128) >> 8));
                var blue = Byte((int)(foretold & 255) + l + ((454 * b + 128) >> 8));
                row[x] = red << 16 | green << 8 | blue;
            }
        }
    }

    private static uint Byte(int value) => (uint)Math.Clamp(value, 0, 255);
}
