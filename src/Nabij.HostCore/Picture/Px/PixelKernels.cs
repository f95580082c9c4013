using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabij.HostCore.Picture.Px;

/// <summary>
/// Comparisons of blocks of pixels, eight at a time. All work on memory laid out like the picture (0x00RRGGBB, with
/// margins); <c>at</c> is the index of a block's first pixel, <c>shift</c> the distance to what it is compared with.
/// </summary>
internal static class PixelKernels
{
    private const int Side = 16;
    private const byte SmallStep = 14;

    /// <summary>Whether two areas of the same size show the same pixels.</summary>
    public static bool AreEqual(ReadOnlySpan<uint> a, int atA, ReadOnlySpan<uint> b, int atB, (int Width, int Height, int Stride) area)
    {
        for (var y = 0; y < area.Height; y++, atA += area.Stride, atB += area.Stride)
            if (!a.Slice(atA, area.Width).SequenceEqual(b.Slice(atB, area.Width))) return false;
        return true;
    }

    /// <summary>How many pixels of a whole block equal those of another.</summary>
    public static int CountEqual(ReadOnlySpan<uint> a, int atA, ReadOnlySpan<uint> b, int atB, int stride)
    {
        ref var left = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), atA);
        ref var right = ref Unsafe.Add(ref MemoryMarshal.GetReference(b), atB);
        var sum = Vector256<uint>.Zero;
        for (var y = 0; y < Side; y++, left = ref Unsafe.Add(ref left, stride), right = ref Unsafe.Add(ref right, stride))
        {
            sum -= Vector256.Equals(Vector256.LoadUnsafe(ref left), Vector256.LoadUnsafe(ref right));
            sum -= Vector256.Equals(Vector256.LoadUnsafe(ref left, 8), Vector256.LoadUnsafe(ref right, 8));
        }

        return (int)Vector256.Sum(sum);
    }

    /// <summary>
    /// What a whole block looks like: how many pixels differ from both their western and northern neighbor, from the
    /// western one, and from that by a little.
    /// </summary>
    public static (int Lone, int Edges, int Small) Texture(ReadOnlySpan<uint> pixels, int at, int stride)
    {
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), at);
        Vector256<uint> lone = Vector256<uint>.Zero, edges = lone, small = lone;
        for (var y = 0; y < Side; y++, row = ref Unsafe.Add(ref row, stride))
        {
            for (var x = 0; x < Side; x += 8)
            {
                ref var pixel = ref Unsafe.Add(ref row, x);
                var here = Vector256.LoadUnsafe(ref pixel);
                var west = Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, -1));
                var north = Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, -stride));
                var differs = ~Vector256.Equals(here, west);
                edges -= differs;
                lone -= differs & ~Vector256.Equals(here, north);
                var step = Vector256.Max(here.AsByte(), west.AsByte()) - Vector256.Min(here.AsByte(), west.AsByte());
                var isLittle = Vector256.Equals(Vector256.Max(step, Vector256.Create(SmallStep)), Vector256.Create(SmallStep));
                small -= differs & Vector256.Equals(isLittle.AsUInt32(), Vector256<uint>.AllBitsSet);
            }
        }

        return ((int)Vector256.Sum(lone), (int)Vector256.Sum(edges), (int)Vector256.Sum(small));
    }

    /// <summary>Sum of the absolute differences of all channels of two whole blocks; gives up beyond <paramref name="limit"/>.</summary>
    public static int Distance(ReadOnlySpan<uint> a, int atA, ReadOnlySpan<uint> b, int atB, int stride, int limit)
    {
        ref var left = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), atA);
        ref var right = ref Unsafe.Add(ref MemoryMarshal.GetReference(b), atB);
        var sum = 0;
        for (var y = 0; y < Side; y += 4)
        {
            var part = Vector256<uint>.Zero;
            for (var i = 0; i < 4; i++, left = ref Unsafe.Add(ref left, stride), right = ref Unsafe.Add(ref right, stride))
            {
                part += Distance(Vector256.LoadUnsafe(ref left).AsByte(), Vector256.LoadUnsafe(ref right).AsByte());
                part += Distance(Vector256.LoadUnsafe(ref left, 8).AsByte(), Vector256.LoadUnsafe(ref right, 8).AsByte());
            }

            sum += (int)Vector256.Sum(part);
            if (sum > limit) return sum;
        }

        return sum;
    }

    /// <summary>Sum of the absolute differences of a whole block to its own mean color: what it costs without a prediction.</summary>
    public static int Activity(ReadOnlySpan<uint> pixels, int at, int stride)
    {
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), at);
        Vector256<uint> red = Vector256<uint>.Zero, green = red, blue = red;
        var byteMask = Vector256.Create(255u);
        for (var y = 0; y < Side; y++, row = ref Unsafe.Add(ref row, stride))
        {
            for (nuint x = 0; x < Side; x += 8)
            {
                var pixel = Vector256.LoadUnsafe(ref row, x);
                red += pixel >> 16;
                green += pixel >> 8 & byteMask;
                blue += pixel & byteMask;
            }
        }

        var mean = Vector256.Sum(red) / 256 << 16 | Vector256.Sum(green) / 256 << 8 | Vector256.Sum(blue) / 256;
        var all = Vector256.Create(mean).AsByte();
        row = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), at);
        var sum = Vector256<uint>.Zero;
        for (var y = 0; y < Side; y++, row = ref Unsafe.Add(ref row, stride))
            sum += Distance(Vector256.LoadUnsafe(ref row).AsByte(), all) + Distance(Vector256.LoadUnsafe(ref row, 8).AsByte(), all);
        return (int)Vector256.Sum(sum);
    }

    /// <summary>A number that tells blocks of different content apart.</summary>
    public static ulong Hash(ReadOnlySpan<uint> pixels, int at, int stride)
    {
        var lanes = Vector256.Create(0x9E3779B1u, 0x85EBCA6Bu, 0xC2B2AE35u, 0x27D4EB2Fu, 0x165667B1u, 0xB5297A4Du, 0x68E31DA5u, 0x1B56C4E9u);
        var factor = Vector256.Create(0x01000193u);
        for (var y = 0; y < Side; y++, at += stride)
        {
            lanes = (lanes ^ Vector256.Create(pixels.Slice(at, 8))) * factor;
            lanes ^= lanes >>> 15;
            lanes = (lanes ^ Vector256.Create(pixels.Slice(at + 8, 8))) * factor;
        }

        var hash = 0xcbf29ce484222325UL;
        for (var i = 0; i < 4; i++) hash = BitOperations.RotateLeft((hash ^ lanes.AsUInt64()[i]) * 0x9E3779B97F4A7C15UL, 29);
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Distance(Vector256<byte> a, Vector256<byte> b)
    {
        if (Avx2.IsSupported) return Avx2.SumAbsoluteDifferences(a, b).AsUInt32();
        var step = (Vector256.Max(a, b) - Vector256.Min(a, b)).AsUInt32();
        var mask = Vector256.Create(0x00FF00FFu);
        var pairs = (step & mask) + (step >> 8 & mask);
        return (pairs & Vector256.Create(0xFFFFu)) + (pairs >> 16);
    }
}
