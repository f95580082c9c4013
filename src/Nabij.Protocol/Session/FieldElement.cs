using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Nabij.Protocol.Session;

/// <summary>
/// An element of the field of p = 2^255-19 in five limbs of radix 2^51 (RFC 7748, docs/protocol/02-handshake.md).
/// Constant time: no branch, index, division or loop count depends on a value; carries are arithmetic. The JIT's x64 code
/// was read for this: its branches are on span lengths, loop counters and stack checks alone.
/// Limbs stay below 2^51 + 2^13 after a multiplication or subtraction, and below 2^53 after additions of those.
/// Holds secrets: whoever makes work elements erases them.
/// </summary>
internal struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;

    private ulong _l0, _l1, _l2, _l3, _l4;

    /// <summary>A small constant.</summary>
    public static FieldElement Small(ulong value) => new() { _l0 = value };

    /// <summary>Reads 32 little-endian bytes; bit 255 is ignored, values from p to 2^255-1 are taken modulo p.</summary>
    public static FieldElement FromBytes(ReadOnlySpan<byte> bytes)
    {
        var w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        var w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new()
        {
            _l0 = w0 & Mask,
            _l1 = ((w0 >> 51) | (w1 << 13)) & Mask,
            _l2 = ((w1 >> 38) | (w2 << 26)) & Mask,
            _l3 = ((w2 >> 25) | (w3 << 39)) & Mask,
            _l4 = (w3 >> 12) & Mask,
        };
    }

    /// <summary>Writes the one canonical form: 32 little-endian bytes of a value below p.</summary>
    public readonly void ToBytes(Span<byte> bytes)
    {
        var (a, b, c, d, e) = (_l0, _l1, _l2, _l3, _l4);
        for (var round = 0; round < 2; round++)
        {
            b += a >> 51; a &= Mask;
            c += b >> 51; b &= Mask;
            d += c >> 51; c &= Mask;
            e += d >> 51; d &= Mask;
            a += 19 * (e >> 51); e &= Mask;
        }

        // The value is below 2^255 + 19 now; q is 1 exactly when value + 19 reaches 2^255, that is value >= p.
        var q = (a + 19) >> 51;
        q = (b + q) >> 51;
        q = (c + q) >> 51;
        q = (d + q) >> 51;
        q = (e + q) >> 51;
        a += 19 * q;
        b += a >> 51; a &= Mask;
        c += b >> 51; b &= Mask;
        d += c >> 51; c &= Mask;
        e += d >> 51; d &= Mask;
        e &= Mask;

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a | (b << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (b >> 13) | (c << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (c >> 26) | (d << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (d >> 39) | (e << 12));
    }

    /// <summary>Sum, not carried: at most one more addition before the next multiplication or subtraction.</summary>
    public static FieldElement Add(in FieldElement x, in FieldElement y) => new()
    {
        _l0 = x._l0 + y._l0,
        _l1 = x._l1 + y._l1,
        _l2 = x._l2 + y._l2,
        _l3 = x._l3 + y._l3,
        _l4 = x._l4 + y._l4,
    };

    /// <summary>Difference, by adding 8p first so that no limb falls below zero; carried once.</summary>
    public static FieldElement Subtract(in FieldElement x, in FieldElement y)
    {
        const ulong eightP0 = 8 * (Mask - 18);
        const ulong eightP = 8 * Mask;
        var result = new FieldElement
        {
            _l0 = x._l0 + eightP0 - y._l0,
            _l1 = x._l1 + eightP - y._l1,
            _l2 = x._l2 + eightP - y._l2,
            _l3 = x._l3 + eightP - y._l3,
            _l4 = x._l4 + eightP - y._l4,
        };
        result.Carry();
        return result;
    }

    /// <summary>Product; limbs of the arguments below 2^54.</summary>
    public static FieldElement Multiply(in FieldElement x, in FieldElement y)
    {
        var (a0, a1, a2, a3, a4) = (x._l0, x._l1, x._l2, x._l3, x._l4);
        var (b0, b1, b2, b3, b4) = (y._l0, y._l1, y._l2, y._l3, y._l4);
        var (c1, c2, c3, c4) = (19 * b1, 19 * b2, 19 * b3, 19 * b4);
        ulong h0 = 0, l0 = 0, h1 = 0, l1 = 0, h2 = 0, l2 = 0, h3 = 0, l3 = 0, h4 = 0, l4 = 0;
        AddProduct(ref h0, ref l0, a0, b0); AddProduct(ref h0, ref l0, a1, c4); AddProduct(ref h0, ref l0, a2, c3);
        AddProduct(ref h0, ref l0, a3, c2); AddProduct(ref h0, ref l0, a4, c1);
        AddProduct(ref h1, ref l1, a0, b1); AddProduct(ref h1, ref l1, a1, b0); AddProduct(ref h1, ref l1, a2, c4);
        AddProduct(ref h1, ref l1, a3, c3); AddProduct(ref h1, ref l1, a4, c2);
        AddProduct(ref h2, ref l2, a0, b2); AddProduct(ref h2, ref l2, a1, b1); AddProduct(ref h2, ref l2, a2, b0);
        AddProduct(ref h2, ref l2, a3, c4); AddProduct(ref h2, ref l2, a4, c3);
        AddProduct(ref h3, ref l3, a0, b3); AddProduct(ref h3, ref l3, a1, b2); AddProduct(ref h3, ref l3, a2, b1);
        AddProduct(ref h3, ref l3, a3, b0); AddProduct(ref h3, ref l3, a4, c4);
        AddProduct(ref h4, ref l4, a0, b4); AddProduct(ref h4, ref l4, a1, b3); AddProduct(ref h4, ref l4, a2, b2);
        AddProduct(ref h4, ref l4, a3, b1); AddProduct(ref h4, ref l4, a4, b0);

        // Columns with a factor 19 stay below 2^115, so their carries fit 64 bits.
        AddWord(ref h1, ref l1, (h0 << 13) | (l0 >> 51));
        AddWord(ref h2, ref l2, (h1 << 13) | (l1 >> 51));
        AddWord(ref h3, ref l3, (h2 << 13) | (l2 >> 51));
        AddWord(ref h4, ref l4, (h3 << 13) | (l3 >> 51));
        var (high, low) = (0UL, l0 & Mask);
        AddProduct(ref high, ref low, 19, (h4 << 13) | (l4 >> 51));
        return new()
        {
            _l0 = low & Mask,
            _l1 = (l1 & Mask) + ((high << 13) | (low >> 51)),
            _l2 = l2 & Mask,
            _l3 = l3 & Mask,
            _l4 = l4 & Mask,
        };
    }

    /// <summary>The element times itself.</summary>
    public static FieldElement Square(in FieldElement x)
    {
        var (a0, a1, a2, a3, a4) = (x._l0, x._l1, x._l2, x._l3, x._l4);
        var (d0, d1, d2) = (2 * a0, 2 * a1, 2 * a2);
        var (c3, c4) = (19 * a3, 19 * a4);
        ulong h0 = 0, l0 = 0, h1 = 0, l1 = 0, h2 = 0, l2 = 0, h3 = 0, l3 = 0, h4 = 0, l4 = 0;
        AddProduct(ref h0, ref l0, a0, a0); AddProduct(ref h0, ref l0, d1, c4); AddProduct(ref h0, ref l0, d2, c3);
        AddProduct(ref h1, ref l1, d0, a1); AddProduct(ref h1, ref l1, d2, c4); AddProduct(ref h1, ref l1, a3, c3);
        AddProduct(ref h2, ref l2, d0, a2); AddProduct(ref h2, ref l2, a1, a1); AddProduct(ref h2, ref l2, 2 * a3, c4);
        AddProduct(ref h3, ref l3, d0, a3); AddProduct(ref h3, ref l3, d1, a2); AddProduct(ref h3, ref l3, a4, c4);
        AddProduct(ref h4, ref l4, d0, a4); AddProduct(ref h4, ref l4, d1, a3); AddProduct(ref h4, ref l4, a2, a2);
        AddWord(ref h1, ref l1, (h0 << 13) | (l0 >> 51));
        AddWord(ref h2, ref l2, (h1 << 13) | (l1 >> 51));
        AddWord(ref h3, ref l3, (h2 << 13) | (l2 >> 51));
        AddWord(ref h4, ref l4, (h3 << 13) | (l3 >> 51));
        var (high, low) = (0UL, l0 & Mask);
        AddProduct(ref high, ref low, 19, (h4 << 13) | (l4 >> 51));
        return new()
        {
            _l0 = low & Mask,
            _l1 = (l1 & Mask) + ((high << 13) | (low >> 51)),
            _l2 = l2 & Mask,
            _l3 = l3 & Mask,
            _l4 = l4 & Mask,
        };
    }

    /// <summary>x^(p-2), the inverse (0 for 0), by a fixed chain: p-2 = 2^5 (2^250-1) + 11.</summary>
    public static FieldElement Invert(in FieldElement x)
    {
        var power = PowerOf250Ones(x, out var x11);
        return Multiply(SquareTimes(power, 5), x11);
    }

    /// <summary>x^((p-1)/2): 1 for squares, -1 for others, 0 for 0, by a fixed chain: (p-1)/2 = 2^4 (2^250-1) + 6.</summary>
    public static FieldElement QuadraticCharacter(in FieldElement x)
    {
        var power = PowerOf250Ones(x, out _);
        var x6 = Multiply(Square(x), SquareTimes(x, 2));
        return Multiply(SquareTimes(power, 4), x6);
    }

    /// <summary>Swaps the two when <paramref name="bit"/> is 1, by mask.</summary>
    public static void ConditionalSwap(ulong bit, ref FieldElement x, ref FieldElement y)
    {
        var mask = 0 - bit;
        Swap(mask, ref x._l0, ref y._l0);
        Swap(mask, ref x._l1, ref y._l1);
        Swap(mask, ref x._l2, ref y._l2);
        Swap(mask, ref x._l3, ref y._l3);
        Swap(mask, ref x._l4, ref y._l4);
    }

    // x^(2^250-1); also gives x^11, which the inverse needs.
    private static FieldElement PowerOf250Ones(in FieldElement x, out FieldElement x11)
    {
        var x2 = Square(x);
        var x9 = Multiply(x, SquareTimes(x2, 2));
        x11 = Multiply(x2, x9);
        var n5 = Multiply(x9, Square(x11));
        var n10 = Multiply(SquareTimes(n5, 5), n5);
        var n20 = Multiply(SquareTimes(n10, 10), n10);
        var n40 = Multiply(SquareTimes(n20, 20), n20);
        var n50 = Multiply(SquareTimes(n40, 10), n10);
        var n100 = Multiply(SquareTimes(n50, 50), n50);
        var n200 = Multiply(SquareTimes(n100, 100), n100);
        return Multiply(SquareTimes(n200, 50), n50);
    }

    private static FieldElement SquareTimes(in FieldElement x, int count)
    {
        var result = x;
        for (var round = 0; round < count; round++)
            result = Square(result);
        return result;
    }

    private void Carry()
    {
        _l1 += _l0 >> 51; _l0 &= Mask;
        _l2 += _l1 >> 51; _l1 &= Mask;
        _l3 += _l2 >> 51; _l2 &= Mask;
        _l4 += _l3 >> 51; _l3 &= Mask;
        _l0 += 19 * (_l4 >> 51); _l4 &= Mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ref ulong high, ref ulong low, ulong x, ulong y)
    {
        high += Math.BigMul(x, y, out var product);
        AddWord(ref high, ref low, product);
    }

    // The carry is computed, not compared, so that no compiler can turn it into a branch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWord(ref ulong high, ref ulong low, ulong addend)
    {
        var sum = low + addend;
        high += ((low & addend) | ((low | addend) & ~sum)) >> 63;
        low = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Swap(ulong mask, ref ulong x, ref ulong y)
    {
        var difference = mask & (x ^ y);
        x ^= difference;
        y ^= difference;
    }
}
