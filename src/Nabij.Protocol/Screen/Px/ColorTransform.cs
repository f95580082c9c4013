using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Differences of pixels as light, blueness and redness, and back (docs/protocol/05-screen.md, "Color"), eight pixels at a
/// time. Planes are 16x16; a block that an edge cuts off uses their upper left part.
/// </summary>
internal static class ColorTransform
{
    private const int Side = PxPicture.BlockSide, Lanes = 8;

    /// <summary>What one row of pixels is more than its prediction; the encoder's side.</summary>
    public static void Split(scoped ReadOnlySpan<uint> actual, ReadOnlySpan<uint> prediction, Span<int> light, Span<int> blueness, Span<int> redness)
    {
        Span<uint> padded = stackalloc uint[Side];
        if (actual.Length < Side)
        {
            prediction[..Side].CopyTo(padded);
            actual.CopyTo(padded);
            actual = padded;
        }

        for (var x = 0; x < Side; x += Lanes)
        {
            var here = Vector256.Create(actual.Slice(x, Lanes));
            var foretold = Vector256.Create(prediction.Slice(x, Lanes));
            var red = (here >> 16).AsInt32() - (foretold >> 16).AsInt32();
            var green = Byte(here >> 8) - Byte(foretold >> 8);
            var blue = Byte(here) - Byte(foretold);
            var half = Vector256.Create(128);
            ((red * 77 + green * 150 + blue * 29 + half) >> 8).CopyTo(light[x..]);
            ((blue * 128 - red * 43 - green * 85 + half) >> 8).CopyTo(blueness[x..]);
            ((red * 128 - green * 107 - blue * 21 + half) >> 8).CopyTo(redness[x..]);
        }
    }

    /// <summary>One row of pixels out of prediction and differences.</summary>
    public static void Join(ReadOnlySpan<uint> prediction, ReadOnlySpan<int> light, ReadOnlySpan<int> blueness, ReadOnlySpan<int> redness, Span<uint> pixels)
    {
        Span<uint> whole = stackalloc uint[Side];
        var target = pixels.Length < Side ? whole : pixels;
        for (var x = 0; x < Side; x += Lanes)
        {
            var foretold = Vector256.Create(prediction.Slice(x, Lanes));
            var (l, b, r) = (Vector256.Create(light.Slice(x, Lanes)), Vector256.Create(blueness.Slice(x, Lanes)), Vector256.Create(redness.Slice(x, Lanes)));
            var half = Vector256.Create(128);
            var red = Clamp((foretold >> 16).AsInt32() + l + ((r * 359 + half) >> 8));
            var green = Clamp(Byte(foretold >> 8) + l - ((b * 88 + r * 183 + half) >> 8));
            var blue = Clamp(Byte(foretold) + l + ((b * 454 + half) >> 8));
            (red << 16 | green << 8 | blue).CopyTo(target[x..]);
        }

        if (pixels.Length < Side) whole[..pixels.Length].CopyTo(pixels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Byte(Vector256<uint> pixels) => (pixels & Vector256.Create(255u)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Clamp(Vector256<int> values) =>
        Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();
}
