using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// The integer transform of 8x8 differences and its quantization (docs/protocol/05-screen.md, "Transform"). The inverse is
/// exact integer arithmetic, the same on every machine; the forward direction belongs to the encoder alone.
/// </summary>
internal static class BlockTransform
{
    public const int Side = 8, Size = Side * Side;

    private const int FirstInverseShift = 7, SecondInverseShift = 12, FirstForwardShift = 2, SecondForwardShift = 9;
    private const int Unit = 16, Percent = 100, RisePerDiagonal = 6;

    /// <summary>Place in the block of each coefficient in zigzag order.</summary>
    public static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>What one level of a coefficient at a place is worth, for a step of 1 to 63.</summary>
    public static int Scale(int step, int place) => step * Unit * (Percent + RisePerDiagonal * (place / Side + place % Side)) / Percent;

    /// <summary>Turns the first <paramref name="count"/> levels into differences.</summary>
    public static void Inverse(ReadOnlySpan<int> levels, int count, int step, Span<int> differences)
    {
        differences[..Size].Clear();
        for (var i = 0; i < count; i++)
        {
            if (levels[i] == 0) continue;
            var place = Zigzag[i];
            differences[place] = Math.Clamp(levels[i] * Scale(step, place), short.MinValue, short.MaxValue);
        }

        InversePass(differences, FirstInverseShift);
        for (var i = 0; i < Size; i++) differences[i] = Math.Clamp(differences[i], short.MinValue, short.MaxValue);
        Transpose(differences);
        InversePass(differences, SecondInverseShift);
        Transpose(differences);
    }

    /// <summary>Turns differences into levels; <paramref name="bias"/> of 256 is what rounds up.</summary>
    public static void Forward(Span<int> differences, int step, int bias, Span<int> levels)
    {
        Transpose(differences);
        ForwardPass(differences, FirstForwardShift);
        Transpose(differences);
        ForwardPass(differences, SecondForwardShift);
        for (var i = 0; i < Size; i++)
        {
            var place = Zigzag[i];
            var scale = Scale(step, place);
            var value = differences[place];
            var size = (Math.Abs(value) + (scale * bias >> 8)) / scale;
            levels[i] = value < 0 ? -size : size;
        }
    }

    private static void InversePass(Span<int> block, int shift)
    {
        ref var at = ref MemoryMarshal.GetReference(block);
        Vector256<int> r0 = Row(ref at, 0), r1 = Row(ref at, 1), r2 = Row(ref at, 2), r3 = Row(ref at, 3);
        Vector256<int> r4 = Row(ref at, 4), r5 = Row(ref at, 5), r6 = Row(ref at, 6), r7 = Row(ref at, 7);
        var round = Vector256.Create(1 << (shift - 1));
        var (sum, difference) = ((r0 + r4) * 64 + round, (r0 - r4) * 64 + round);
        var (outer, inner) = (r2 * 83 + r6 * 36, r2 * 36 - r6 * 83);
        Vector256<int> e0 = sum + outer, e1 = difference + inner, e2 = difference - inner, e3 = sum - outer;
        var o0 = r1 * 89 + r3 * 75 + r5 * 50 + r7 * 18;
        var o1 = r1 * 75 - r3 * 18 - r5 * 89 - r7 * 50;
        var o2 = r1 * 50 - r3 * 89 + r5 * 18 + r7 * 75;
        var o3 = r1 * 18 - r3 * 50 + r5 * 75 - r7 * 89;
        Put(ref at, 0, (e0 + o0) >> shift);
        Put(ref at, 1, (e1 + o1) >> shift);
        Put(ref at, 2, (e2 + o2) >> shift);
        Put(ref at, 3, (e3 + o3) >> shift);
        Put(ref at, 4, (e3 - o3) >> shift);
        Put(ref at, 5, (e2 - o2) >> shift);
        Put(ref at, 6, (e1 - o1) >> shift);
        Put(ref at, 7, (e0 - o0) >> shift);
    }

    private static void ForwardPass(Span<int> block, int shift)
    {
        ref var at = ref MemoryMarshal.GetReference(block);
        Vector256<int> r0 = Row(ref at, 0), r1 = Row(ref at, 1), r2 = Row(ref at, 2), r3 = Row(ref at, 3);
        Vector256<int> r4 = Row(ref at, 4), r5 = Row(ref at, 5), r6 = Row(ref at, 6), r7 = Row(ref at, 7);
        var round = Vector256.Create(1 << (shift - 1));
        Vector256<int> e0 = r0 + r7, e1 = r1 + r6, e2 = r2 + r5, e3 = r3 + r4;
        Vector256<int> o0 = r0 - r7, o1 = r1 - r6, o2 = r2 - r5, o3 = r3 - r4;
        Put(ref at, 0, ((e0 + e1 + e2 + e3) * 64 + round) >> shift);
        Put(ref at, 4, ((e0 - e1 - e2 + e3) * 64 + round) >> shift);
        Put(ref at, 2, ((e0 - e3) * 83 + (e1 - e2) * 36 + round) >> shift);
        Put(ref at, 6, ((e0 - e3) * 36 - (e1 - e2) * 83 + round) >> shift);
        Put(ref at, 1, (o0 * 89 + o1 * 75 + o2 * 50 + o3 * 18 + round) >> shift);
        Put(ref at, 3, (o0 * 75 - o1 * 18 - o2 * 89 - o3 * 50 + round) >> shift);
        Put(ref at, 5, (o0 * 50 - o1 * 89 + o2 * 18 + o3 * 75 + round) >> shift);
        Put(ref at, 7, (o0 * 18 - o1 * 50 + o2 * 75 - o3 * 89 + round) >> shift);
    }

    private static void Transpose(Span<int> block)
    {
        for (var y = 0; y < Side; y++)
            for (var x = y + 1; x < Side; x++)
                (block[y * Side + x], block[x * Side + y]) = (block[x * Side + y], block[y * Side + x]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(ref int at, int row) => Vector256.LoadUnsafe(ref at, (nuint)(row * Side));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref int at, int row, Vector256<int> value) => value.StoreUnsafe(ref at, (nuint)(row * Side));
}
