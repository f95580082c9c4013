using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Codes the pixels of one rectangle, row by row, by runs and by what their neighbors were followed by before
/// (docs/protocol/05-screen.md, "Pixels"). The same body writes and reads.
/// </summary>
internal static class PixelCoder
{
    private const uint NoColor = uint.MaxValue;
    private const int ConfidenceShift = 24, MostConfidence = 255;
    private const uint ColorMask = 0x00FF_FFFF;

    /// <summary>Codes a rectangle without prediction, or predicted by the previous picture moved by <paramref name="vector"/>.</summary>
    public static void Code<TCoder>(ref TCoder coder, PxPicture picture, PixelArea area, MotionVector? vector, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var offset = vector is { } v ? v.Y * picture.Stride + v.X : 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            if (vector is null) CodeRow(ref coder, picture, area, y, actual);
            else CodePredictedRow(ref coder, picture, area, y, offset, actual);
        }
    }

    /// <summary>Codes a rectangle of a photograph, each pixel as its difference to its neighbors.</summary>
    public static void CodePhoto<TCoder>(ref TCoder coder, PxPicture picture, PixelArea area, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var pixels = picture.Pixels;
        var stride = picture.Stride;
        var models = picture.Model.Photo;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var end = picture.At(area.Right, y);
            for (var at = picture.At(area.Left, y); at < end; at++)
            {
                uint west = pixels[at - 1], north = pixels[at - stride], northwest = pixels[at - stride - 1];
                var model = models[Gradient(west, north, northwest, pixels[at - stride + 1])];
                pixels[at] = model.Code(ref coder, west, north, northwest, coder.Decodes ? 0 : actual[at]);
            }
        }
    }

    private static int Gradient(uint west, uint north, uint northwest, uint northeast)
    {
        int w = (int)(west >> 8) & 255, n = (int)(north >> 8) & 255, x = (int)(northwest >> 8) & 255, e = (int)(northeast >> 8) & 255;
        var steepest = Math.Max(Math.Abs(w - x), Math.Max(Math.Abs(n - x), Math.Abs(n - e)));
        return steepest <= 2 ? steepest : Math.Min(BitOperations.Log2((uint)steepest - 1) + 2, PxModel.Gradients - 1);
    }

    private static void CodeRow<TCoder>(ref TCoder coder, PxPicture picture, PixelArea area, int y, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var at = picture.At(area.Left, y);
        var end = picture.At(area.Right, y);
        while (at < end)
        {
            var excluded = NoColor;
            if (IsFlat(picture, at))
            {
                at = CodeFlatRun(ref coder, picture, at, end, actual, out excluded);
                if (at == end) return;
                if (excluded == NoColor) continue;
            }

            CodePixel(ref coder, picture, at, NoColor, excluded, coder.Decodes ? 0 : actual[at]);
            at++;
        }
    }

    private static void CodePredictedRow<TCoder>(
        ref TCoder coder, PxPicture picture, PixelArea area, int y, int offset, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var pixels = picture.Pixels;
        var previous = picture.Previous;
        var stride = picture.Stride;
        int start = picture.At(area.Left, y), end = picture.At(area.Right, y);
        var isFirstRow = y == area.Top;
        for (var at = start; at < end;)
        {
            var excluded = NoColor;
            var follows = (at == start || pixels[at - 1] == previous[at - 1 + offset])
                && (isFirstRow || pixels[at - stride] == previous[at - stride + offset]
                    && (at + 1 == end || pixels[at - stride + 1] == previous[at - stride + 1 + offset]));
            if (follows)
            {
                at = CodePredictedRun(ref coder, picture, at, end, offset, isFirstRow, actual);
                if (at == end) return;
                excluded = previous[at + offset];
            }
            else if (IsFlat(picture, at))
            {
                at = CodeFlatRun(ref coder, picture, at, end, actual, out excluded);
                if (at == end) return;
                if (excluded == NoColor) continue;
            }

            CodePixel(ref coder, picture, at, previous[at + offset], excluded, coder.Decodes ? 0 : actual[at]);
            at++;
        }
    }

    // How far the pixels follow their prediction; expected as far as those above did. The pixel behind the run does not.
    private static int CodePredictedRun<TCoder>(
        ref TCoder coder, PxPicture picture, int at, int end, int offset, bool isFirstRow, ReadOnlySpan<uint> actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        var rest = end - at;
        var source = picture.Previous.AsSpan(at + offset, rest);
        var above = at - picture.Stride;
        var expected = isFirstRow ? rest : picture.Pixels.AsSpan(above, rest).CommonPrefixLength(picture.Previous.AsSpan(above + offset, rest));
        var length = coder.Decodes ? 0 : actual.Slice(at, rest).CommonPrefixLength(source);
        ref var probability = ref model.PredictedRun[BitOperations.Log2((uint)expected) * 4 + model.PredictedHistory];
        var isOther = coder.Bit(ref probability, length == expected ? 0 : 1);
        model.PredictedHistory = (model.PredictedHistory << 1 | isOther) & 3;
        length = isOther == 0 ? expected : Bounded(model.PredictedLength.Code(ref coder, length), rest);
        source[..length].CopyTo(picture.Pixels.AsSpan(at));
        return at + length;
    }

    // A run of the color all around: as long as above, or shorter and then followed by another color.
    private static int CodeFlatRun<TCoder>(
        ref TCoder coder, PxPicture picture, int at, int end, ReadOnlySpan<uint> actual, out uint excluded)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        var rest = end - at;
        var color = picture.Pixels[at - 1];
        var above = picture.Pixels.AsSpan(at - picture.Stride, rest).IndexOfAnyExcept(color);
        var expected = above < 0 ? rest : Math.Max(1, above - 1);
        var length = expected;
        if (!coder.Decodes)
        {
            var other = actual.Slice(at, expected).IndexOfAnyExcept(color);
            if (other >= 0) length = other;
        }

        ref var probability = ref model.FlatRun[BitOperations.Log2((uint)expected) * 4 + model.FlatHistory];
        var isShorter = coder.Bit(ref probability, length == expected ? 0 : 1);
        model.FlatHistory = (model.FlatHistory << 1 | isShorter) & 3;
        if (isShorter != 0) length = Bounded(model.FlatLength.Code(ref coder, length), expected - 1);
        picture.Pixels.AsSpan(at, length).Fill(color);
        excluded = isShorter != 0 ? color : NoColor;
        return at + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFlat(PxPicture picture, int at)
    {
        var pixels = picture.Pixels;
        var west = pixels[at - 1];
        var above = at - picture.Stride;
        return pixels[at - 2] == west && pixels[above] == west && pixels[above - 1] == west && pixels[above + 1] == west;
    }

    private static void CodePixel<TCoder>(ref TCoder coder, PxPicture picture, int at, uint predicted, uint excluded, uint actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var model = picture.Model;
        ref var pixel = ref picture.Pixels[at];
        ref var north = ref picture.Pixels[at - picture.Stride];
        uint w = Unsafe.Add(ref pixel, -1), n = north, nw = Unsafe.Add(ref north, -1), ne = Unsafe.Add(ref north, 1);
        var far = picture.Pixels[at - 2 * picture.Stride];
        var wide = w * 0x9E3779B1 + n * 0x85EBCA6B + nw * 0xC2B2AE35 + ne * 0x27D4EB2F
            + Unsafe.Add(ref pixel, -2) * 0x165667B1 + Unsafe.Add(ref pixel, -3) * 0xB5297A4D
            + far * 0x68E31DA5 + picture.Pixels[at - 2 * picture.Stride + 1] * 0x1B56C4E9
            + Unsafe.Add(ref north, 2) * 0x7FEB352D + predicted * 0x846CA68B;
        var narrow = w * 0x9E3779B1 + n * 0x85EBCA6B + nw * 0xC2B2AE35;
        ref var wideEntry = ref model.WideColors[(wide ^ wide >> 15) * 0x2C1B3C6D >> 32 - PxModel.WideBits];
        ref var narrowEntry = ref model.NarrowColors[(narrow ^ narrow >> 15) * 0x2C1B3C6D >> 32 - PxModel.NarrowBits];
        var color = Choose(ref coder, model, new Choices(predicted, excluded, w, n, nw, wideEntry, narrowEntry), actual);
        Learn(ref wideEntry, color, 3);
        Learn(ref narrowEntry, color, 1);
        pixel = color;
    }

    private readonly ref struct Choices(uint predicted, uint excluded, uint w, uint n, uint nw, uint wide, uint narrow)
    {
        public readonly uint Predicted = predicted, Excluded = excluded, West = w, North = n, Northwest = nw, Wide = wide, Narrow = narrow;
    }

    // One candidate after the other, each only if it was not said no to before.
    private static uint Choose<TCoder>(ref TCoder coder, PxModel model, in Choices c, uint actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        uint excluded = c.Excluded, wide = NoColor, narrow = NoColor;
        if (c.Wide >> ConfidenceShift is var confidence and > 0 && (c.Wide & ColorMask) != excluded)
        {
            wide = c.Wide & ColorMask;
            var miss = coder.Bit(ref model.Wide[(int)Math.Min(confidence, 15) * 4 + model.WideHistory], wide == actual ? 0 : 1);
            model.WideHistory = (model.WideHistory << 1 | miss) & 3;
            if (miss == 0) return wide;
        }

        if (c.Narrow >> ConfidenceShift is var certainty and > 0 && (c.Narrow & ColorMask) is var second && second != excluded && second != wide)
        {
            narrow = second;
            var miss = coder.Bit(ref model.Narrow[(int)Math.Min(certainty, 7) * 4 + model.NarrowHistory], narrow == actual ? 0 : 1);
            model.NarrowHistory = (model.NarrowHistory << 1 | miss) & 3;
            if (miss == 0) return narrow;
        }

        var known = (wide != NoColor ? 1 : 0) + (narrow != NoColor ? 2 : 0);
        uint predicted = NoColor, west = NoColor, north = NoColor;
        if (c.Predicted != NoColor && c.Predicted != excluded && c.Predicted != wide && c.Predicted != narrow)
        {
            predicted = c.Predicted;
            if (coder.Bit(ref model.Candidate[known], predicted == actual ? 0 : 1) == 0) return predicted;
        }

        if (c.West != excluded && c.West != wide && c.West != narrow && c.West != predicted)
        {
            west = c.West;
            if (coder.Bit(ref model.Candidate[4 + known], west == actual ? 0 : 1) == 0) return west;
        }

        if (c.North != excluded && c.North != wide && c.North != narrow && c.North != predicted && c.North != west)
        {
            north = c.North;
            if (coder.Bit(ref model.Candidate[8 + known], north == actual ? 0 : 1) == 0) return north;
        }

        return CachedOrLiteral(ref coder, model, c, actual);
    }

    private static uint CachedOrLiteral<TCoder>(ref TCoder coder, PxModel model, in Choices c, uint actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var index = (int)(actual * 0x9E3779B1 >> 24);
        var isLiteral = coder.Bit(ref model.Cached[model.CachedHistory], model.CachedColors[index] == actual ? 0 : 1);
        model.CachedHistory = (model.CachedHistory << 1 | isLiteral) & 3;
        if (isLiteral == 0) return model.CachedColors[Tree.Code(ref coder, model.CacheIndex, 8, index)];
        var color = model.Literal.Code(ref coder, c.West, c.North, c.Northwest, actual);
        model.CachedColors[color * 0x9E3779B1 >> 24] = color;
        return color;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Learn(ref uint entry, uint color, uint patience)
    {
        var confidence = entry >> ConfidenceShift;
        if ((entry & ColorMask) == color && confidence > 0)
        {
            if (confidence < MostConfidence) entry += 1u << ConfidenceShift;
        }
        else
        {
            entry = confidence > patience ? (entry & ColorMask) | confidence >> 2 << ConfidenceShift : color | 1u << ConfidenceShift;
        }
    }

    private static int Bounded(int value, int most)
    {
        Wire.WireReader.Require(value <= most, Wire.WireError.InvalidValue);
        return value;
    }
}
