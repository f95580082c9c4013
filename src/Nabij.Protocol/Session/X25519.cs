using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>
/// X25519 of RFC 7748 and the map to the curve that CPace needs (RFC 9380 Elligator 2, u-coordinate only);
/// docs/protocol/02-handshake.md. Constant time on top of <see cref="FieldElement"/>: 255 fixed steps, swaps and
/// selections by mask. Replaced by the platform's X25519 once .NET has one; the map and the share check stay.
/// </summary>
internal static class X25519
{
    /// <summary>Bytes of scalars, shares and results.</summary>
    public const int Size = 32;

    private const ulong A = 486662;

    /// <summary>The base point 9.</summary>
    public static ReadOnlySpan<byte> BasePoint =>
        [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>
    /// The bare function: clamps the scalar, ignores bit 255 of u, reduces u modulo p; the result is canonical.
    /// An all-zero result is left to the caller (<see cref="IsZero"/>).
    /// </summary>
    public static void ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> u, Span<byte> result)
    {
        Ladder(scalar, u, result);
        EraseStack();
    }

    /// <summary>
    /// Maps 32 bytes of hash to a u-coordinate: r = hash with bit 255 cleared, v = -A/(1+2r^2);
    /// v if v^3+Av^2+v is a square, else -v-A.
    /// </summary>
    public static void MapToCurve(ReadOnlySpan<byte> hash, Span<byte> result)
    {
        Elligator2(hash, result);
        EraseStack();
    }

    /// <summary>
    /// The share check of RS1: exactly 32 bytes of a value below p, hence bit 255 clear. Shares are public, yet the
    /// comparison does without branches as well.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> share)
    {
        if (share.Length != Size)
            return false;

        // p is ed ff .. ff 7f; the borrow of share - p is 1 exactly when share < p.
        var borrow = 0;
        for (var index = 0; index < Size; index++)
        {
            var limit = index == 0 ? 0xed : index == Size - 1 ? 0x7f : 0xff;
            borrow = ((share[index] - limit - borrow) >> 8) & 1;
        }

        return borrow == 1;
    }

    /// <summary>Whether all bytes are zero, without an early exit.</summary>
    public static bool IsZero(ReadOnlySpan<byte> result)
    {
        var seen = 0;
        foreach (var part in result)
            seen |= part;
        return seen == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Ladder(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> u, Span<byte> result)
    {
        Span<byte> k = stackalloc byte[Size];
        Span<FieldElement> work = stackalloc FieldElement[5];
        scalar[..Size].CopyTo(k);
        k[0] &= 248;
        k[31] = (byte)((k[31] & 127) | 64);
        work[0] = FieldElement.FromBytes(u);
        work[1] = FieldElement.Small(1);
        work[2] = default;
        work[3] = work[0];
        work[4] = FieldElement.Small(1);
        var swapped = 0UL;
        for (var bitNumber = 254; bitNumber >= 0; bitNumber--)
        {
            var bit = (ulong)((k[bitNumber >> 3] >> (bitNumber & 7)) & 1);
            swapped ^= bit;
            FieldElement.ConditionalSwap(swapped, ref work[1], ref work[3]);
            FieldElement.ConditionalSwap(swapped, ref work[2], ref work[4]);
            swapped = bit;
            LadderStep(work);
        }

        FieldElement.ConditionalSwap(swapped, ref work[1], ref work[3]);
        FieldElement.ConditionalSwap(swapped, ref work[2], ref work[4]);
        FieldElement.Multiply(work[1], FieldElement.Invert(work[2])).ToBytes(result);
        CryptographicOperations.ZeroMemory(k);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
    }

    // work: u of the base, x2, z2, x3, z3 (RFC 7748 section 5).
    private static void LadderStep(Span<FieldElement> work)
    {
        var a = FieldElement.Add(work[1], work[2]);
        var b = FieldElement.Subtract(work[1], work[2]);
        var aa = FieldElement.Square(a);
        var bb = FieldElement.Square(b);
        var e = FieldElement.Subtract(aa, bb);
        var da = FieldElement.Multiply(FieldElement.Subtract(work[3], work[4]), a);
        var cb = FieldElement.Multiply(FieldElement.Add(work[3], work[4]), b);
        var scaled = FieldElement.Multiply(e, FieldElement.Small((A - 2) / 4));
        work[3] = FieldElement.Square(FieldElement.Add(da, cb));
        work[4] = FieldElement.Multiply(work[0], FieldElement.Square(FieldElement.Subtract(da, cb)));
        work[1] = FieldElement.Multiply(aa, bb);
        work[2] = FieldElement.Multiply(e, FieldElement.Add(aa, scaled));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Elligator2(ReadOnlySpan<byte> hash, Span<byte> result)
    {
        Span<FieldElement> work = stackalloc FieldElement[4];
        Span<byte> character = stackalloc byte[Size];
        var one = FieldElement.Small(1);
        var curveA = FieldElement.Small(A);
        work[0] = FieldElement.Square(FieldElement.FromBytes(hash));
        work[0] = FieldElement.Add(FieldElement.Add(work[0], work[0]), one);
        work[1] = FieldElement.Subtract(default, FieldElement.Multiply(curveA, FieldElement.Invert(work[0])));

        // w = v (v (v + A) + 1)
        work[2] = FieldElement.Multiply(work[1], FieldElement.Add(work[1], curveA));
        work[2] = FieldElement.Multiply(work[1], FieldElement.Add(work[2], one));
        FieldElement.QuadraticCharacter(work[2]).ToBytes(character);

        // 1 is odd and p-1 is even, and w is never 0: bit 0 tells square from non-square.
        work[3] = FieldElement.Subtract(FieldElement.Subtract(default, work[1]), curveA);
        FieldElement.ConditionalSwap((ulong)(character[0] & 1), ref work[1], ref work[3]);
        work[3].ToBytes(result);
        CryptographicOperations.ZeroMemory(character);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
    }

    // The frames of the functions above held intermediate values; this one lies over them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EraseStack()
    {
        Span<byte> frames = stackalloc byte[4096];
        CryptographicOperations.ZeroMemory(frames);
    }
}
