using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// The integer transform of 8x8 differences and its quantization (docs/protocol/05-screen.md, "Transform"). The inverse is
/// exact integer arithmetic, the same on every machine; the forward direction belongs to the encoder alone. Coefficients
/// lie transposed in memory, which saves turning them around.
/// </summary>
internal static class BlockTransform
{
    public const int Side = 8, Size = Side * Side;

    private const int FirstInverseShift = 7, SecondInverseShift = 12, FirstForwardShift = 2, SecondForwardShift = 9;
    private const int Unit = 16, Percent = 100, RisePerDiagonal = 6, Steps = 64;

    private static readonly int[] Scales = MakeScales();

    /// <summary>Place of each coefficient in memory, in zigzag order.</summary>
    public static ReadOnlySpan<byte> Places =>
    [
        0, 8, 1, 2, 9, 16, 24, 17, 10, 3, 4, 11, 18, 25, 32, 40, 33, 26, 19, 12, 5, 6, 13, 20, 27, 34, 41, 48, 56, 49, 42, 35,
        28, 21, 14, 7, 15, 22, 29, 36, 43, 50, 57, 58, 51, 44, 37, 30, 23, 31, 38, 45, 52, 59, 60, 53, 46, 39, 47, 54, 61, 62, 55, 63,
    ];

    /// <summary>Turns the first <paramref name="count"/> levels, in zigzag order, into differences.</summary>
    public static void Inverse(ReadOnlySpan<int> levels, int count, int step, Span<int> differences)
    {
        var scales = Scales.AsSpan(step * Size, Size);
        if (count == 1)
        {
            var first = Clamp((64 * Clamp(levels[0] * scales[0]) + 64) >> FirstInverseShift);
            differences[..Size].Fill((64 * first + 2048) >> SecondInverseShift);
            return;
        }

        differences[..Size].Clear();
        for (var i = 0; i < count; i++)
        {
            if (levels[i] == 0) continue;
            var place = Places[i];
            differences[place] = Clamp(levels[i] * scales[place]);
        }

        InversePass(differences, FirstInverseShift, isClamped: true);
        Transpose(differences);
        InversePass(differences, SecondInverseShift, isClamped: false);
    }

    /// <summary>
    /// Turns differences into levels in zigzag order; <paramref name="bias"/> of 256 is what rounds up. False when all are
    /// zero, and the levels are then not written.
    /// </summary>
    public static bool Forward(Span<int> differences, int step, int bias, Span<int> levels)
    {
        ForwardPass(differences, FirstForwardShift);
        Transpose(differences);
        ForwardPass(differences, SecondForwardShift);
        ref var value = ref MemoryMarshal.GetReference(differences);
        ref var scale = ref Scales[step * Size];
        var any = Vector256<int>.Zero;
        var share = Vector256.Create(bias / 256f);
        for (nuint i = 0; i < Size; i += Side)
        {
            var coefficient = Vector256.LoadUnsafe(ref value, i);
            var worth = Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref scale, i));
            var size = Vector256.ConvertToInt32(Vector256.Floor(Vector256.ConvertToSingle(Vector256.Abs(coefficient)) / worth + share));
            var sign = coefficient >> 31;
            var level = (size ^ sign) - sign;
            any |= level;
            level.StoreUnsafe(ref value, i);
        }

        if (any == Vector256<int>.Zero) return false;
        for (var i = 0; i < Size; i++) levels[i] = differences[Places[i]];
        return true;
    }

    private static int[] MakeScales()
    {
        var scales = new int[Steps * Size];
        for (var step = 1; step < Steps; step++)
            for (var place = 0; place < Size; place++)
                scales[step * Size + place] = step * Unit * (Percent + RisePerDiagonal * (place / Side + place % Side)) / Percent;
        return scales;
    }

    private static int Clamp(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static void InversePass(Span<int> block, int shift, bool isClamped)
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
        Put(ref at, 0, (e0 + o0) >> shift, isClamped);
        Put(ref at, 1, (e1 + o1) >> shift, isClamped);
        Put(ref at, 2, (e2 + o2) >> shift, isClamped);
        Put(ref at, 3, (e3 + o3) >> shift, isClamped);
        Put(ref at, 4, (e3 - o3) >> shift, isClamped);
        Put(ref at, 5, (e2 - o2) >> shift, isClamped);
        Put(ref at, 6, (e1 - o1) >> shift, isClamped);
        Put(ref at, 7, (e0 - o0) >> shift, isClamped);
    }

    private static void ForwardPass(Span<int> block, int shift)
    {
        ref var at = ref MemoryMarshal.GetReference(block);
        Vector256<int> r0 = Row(ref at, 0), r1 = Row(ref at, 1), r2 = Row(ref at, 2), r3 = Row(ref at, 3);
        Vector256<int> r4 = Row(ref at, 4), r5 = Row(ref at, 5), r6 = Row(ref at, 6), r7 = Row(ref at, 7);
        var round = Vector256.Create(1 << (shift - 1));
        Vector256<int> e0 = r0 + r7, e1 = r1 + r6, e2 = r2 + r5, e3 = r3 + r4;
        Vector256<int> o0 = r0 - r7, o1 = r1 - r6, o2 = r2 - r5, o3 = r3 - r4;
        Put(ref at, 0, ((e0 + e1 + e2 + e3) * 64 + round) >> shift, false);
        Put(ref at, 4, ((e0 - e1 - e2 + e3) * 64 + round) >> shift, false);
        Put(ref at, 2, ((e0 - e3) * 83 + (e1 - e2) * 36 + round) >> shift, false);
        Put(ref at, 6, ((e0 - e3) * 36 - (e1 - e2) * 83 + round) >> shift, false);
        Put(ref at, 1, (o0 * 89 + o1 * 75 + o2 * 50 + o3 * 18 + round) >> shift, false);
        Put(ref at, 3, (o0 * 75 - o1 * 18 - o2 * 89 - o3 * 50 + round) >> shift, false);
        Put(ref at, 5, (o0 * 50 - o1 * 89 + o2 * 18 + o3 * 75 + round) >> shift, false);
        Put(ref at, 7, (o0 * 18 - o1 * 50 + o2 * 75 - o3 * 89 + round) >> shift, false);
    }

    private static void Transpose(Span<int> block)
    {
        if (Avx2.IsSupported)
        {
            TransposeByLanes(block);
            return;
        }

        for (var y = 0; y < Side; y++)
            for (var x = y + 1; x < Side; x++)
                (block[y * Side + x], block[x * Side + y]) = (block[x * Side + y], block[y * Side + x]);
    }

    private static void TransposeByLanes(Span<int> block)
    {
        ref var at = ref MemoryMarshal.GetReference(block);
        var (a0, a1) = (Avx2.UnpackLow(Row(ref at, 0), Row(ref at, 1)), Avx2.UnpackHigh(Row(ref at, 0), Row(ref at, 1)));
        var (a2, a3) = (Avx2.UnpackLow(Row(ref at, 2), Row(ref at, 3)), Avx2.UnpackHigh(Row(ref at, 2), Row(ref at, 3)));
        var (a4, a5) = (Avx2.UnpackLow(Row(ref at, 4), Row(ref at, 5)), Avx2.UnpackHigh(Row(ref at, 4), Row(ref at, 5)));
        var (a6, a7) = (Avx2.UnpackLow(Row(ref at, 6), Row(ref at, 7)), Avx2.UnpackHigh(Row(ref at, 6), Row(ref at, 7)));
        var (b0, b1) = (Low(a0, a2), High(a0, a2));
        var (b2, b3) = (Low(a1, a3), High(a1, a3));
        var (b4, b5) = (Low(a4, a6), High(a4, a6));
        var (b6, b7) = (Low(a5, a7), High(a5, a7));
        Put(ref at, 0, Avx2.Permute2x128(b0, b4, 0x20), false);
        Put(ref at, 1, Avx2.Permute2x128(b1, b5, 0x20), false);
        Put(ref at, 2, Avx2.Permute2x128(b2, b6, 0x20), false);
        Put(ref at, 3, Avx2.Permute2x128(b3, b7, 0x20), false);
        Put(ref at, 4, Avx2.Permute2x128(b0, b4, 0x31), false);
        Put(ref at, 5, Avx2.Permute2x128(b1, b5, 0x31), false);
        Put(ref at, 6, Avx2.Permute2x128(b2, b6, 0x31), false);
        Put(ref at, 7, Avx2.Permute2x128(b3, b7, 0x31), false);

        static Vector256<int> Low(Vector256<int> a, Vector256<int> b) => Avx2.UnpackLow(a.AsInt64(), b.AsInt64()).AsInt32();
        static Vector256<int> High(Vector256<int> a, Vector256<int> b) => Avx2.UnpackHigh(a.AsInt64(), b.AsInt64()).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(ref int at, int row) => Vector256.LoadUnsafe(ref at, (nuint)(row * Side));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref int at, int row, Vector256<int> value, bool isClamped)
    {
        if (isClamped) value = Vector256.Min(Vector256.Max(value, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));
        value.StoreUnsafe(ref at, (nuint)(row * Side));
    }
}
