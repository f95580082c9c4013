using System.Numerics;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>The constant-time code against a second implementation on BigInteger, written from RFC 7748 and RFC 9380.</summary>
[Trait("Campaign", "x25519")]
public sealed class X25519Tests
{
    private const int FullInputs = 3_000;

    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger A = 486662;

    /// <summary>Limbs of all ones, values near 0, p, 2p and 2^255: where carries and the last reduction can go wrong.</summary>
    private static IEnumerable<byte[]> EdgeValues()
    {
        var near = new[] { BigInteger.Zero, P, BigInteger.Pow(2, 255), (BigInteger.Pow(2, 256) / 2) - 1, P / 2, P - A, A };
        foreach (var center in near)
        {
            for (var offset = -2; offset <= 2; offset++)
                yield return Bytes(((center + offset) % BigInteger.Pow(2, 256) + BigInteger.Pow(2, 256)) % BigInteger.Pow(2, 256));
        }

        for (var limb = 0; limb < 5; limb++)
        {
            yield return Bytes(((BigInteger.One << 51) - 1) << (51 * limb));
            yield return Bytes((BigInteger.One << (51 * (limb + 1))) - 1);
            yield return Bytes(BigInteger.One << (51 * limb));
        }
    }

    [Fact]
    public void The_ladder_equals_the_second_implementation()
    {
        var random = new SeededRandom(Campaign.Seed);
        var values = EdgeValues().Concat(Enumerable.Range(0, Campaign.Size(FullInputs)).Select(_ => random.Bytes(32)));
        var result = new byte[32];
        foreach (var u in values)
        {
            var scalar = random.Bytes(32);
            X25519.ScalarMultiply(scalar, u, result);
            Assert.Equal(Convert.ToHexString(ReferenceLadder(scalar, u)), Convert.ToHexString(result));
        }
    }

    [Fact]
    public void The_map_equals_the_second_implementation()
    {
        var random = new SeededRandom(Campaign.Seed);
        var values = EdgeValues().Concat(Enumerable.Range(0, Campaign.Size(FullInputs)).Select(_ => random.Bytes(32)));
        var result = new byte[32];
        foreach (var hash in values)
        {
            X25519.MapToCurve(hash, result);
            Assert.Equal(Convert.ToHexString(ReferenceMap(hash)), Convert.ToHexString(result));
        }
    }

    [Fact]
    public void Field_arithmetic_equals_BigInteger()
    {
        var random = new SeededRandom(Campaign.Seed);
        var values = EdgeValues().Concat(Enumerable.Range(0, Campaign.Size(FullInputs)).Select(_ => random.Bytes(32))).ToArray();
        foreach (var one in values)
        {
            var other = random.Pick(values);
            var (x, y) = (FieldElement.FromBytes(one), FieldElement.FromBytes(other));
            var (a, b) = (Number(one), Number(other));
            AssertField(a * b, FieldElement.Multiply(x, y));
            AssertField(a * a, FieldElement.Square(x));
            AssertField(a + b, FieldElement.Add(x, y));
            AssertField(a - b, FieldElement.Subtract(x, y));
            AssertField((a + b) * (a - b), FieldElement.Multiply(FieldElement.Add(x, y), FieldElement.Subtract(x, y)));
            AssertField(BigInteger.ModPow(a, P - 2, P), FieldElement.Invert(x));
            AssertField(BigInteger.ModPow(a, (P - 1) / 2, P), FieldElement.QuadraticCharacter(x));
        }
    }

    [Fact]
    public void Shares_are_canonical_exactly_below_p()
    {
        foreach (var value in EdgeValues())
            Assert.Equal(new BigInteger(value, isUnsigned: true) < P, X25519.IsCanonical(value));
        Assert.False(X25519.IsCanonical(new byte[31]));
        Assert.False(X25519.IsCanonical(new byte[33]));
    }

    private static void AssertField(BigInteger expected, FieldElement actual)
    {
        var bytes = new byte[32];
        actual.ToBytes(bytes);
        Assert.Equal(Convert.ToHexString(Bytes(Mod(expected))), Convert.ToHexString(bytes));
    }

    private static byte[] ReferenceLadder(byte[] scalar, byte[] u)
    {
        var k = scalar.ToArray();
        k[0] &= 248;
        k[31] = (byte)((k[31] & 127) | 64);
        var number = new BigInteger(k, isUnsigned: true);
        BigInteger x1 = Number(u), x2 = 1, z2 = 0, x3 = x1, z3 = 1;
        for (var bit = 254; bit >= 0; bit--)
        {
            var isSet = !(number >> bit).IsEven;
            if (isSet)
                (x2, z2, x3, z3) = (x3, z3, x2, z2);
            var (a, b, c, d) = (Mod(x2 + z2), Mod(x2 - z2), Mod(x3 + z3), Mod(x3 - z3));
            var (aa, bb, da, cb) = (Mod(a * a), Mod(b * b), Mod(d * a), Mod(c * b));
            var e = Mod(aa - bb);
            (x3, z3) = (Mod((da + cb) * (da + cb)), Mod(x1 * (da - cb) * (da - cb)));
            (x2, z2) = (Mod(aa * bb), Mod(e * (aa + (121665 * e))));
            if (isSet)
                (x2, z2, x3, z3) = (x3, z3, x2, z2);
        }

        return Bytes(Mod(x2 * BigInteger.ModPow(z2, P - 2, P)));
    }

    private static byte[] ReferenceMap(byte[] hash)
    {
        var r = Number(hash);
        var v = Mod(-A * BigInteger.ModPow(Mod(1 + (2 * r * r)), P - 2, P));
        var w = Mod((v * v * v) + (A * v * v) + v);
        return Bytes(BigInteger.ModPow(w, (P - 1) / 2, P) == 1 ? v : Mod(-v - A));
    }

    private static BigInteger Number(byte[] bytes)
    {
        var masked = bytes.ToArray();
        masked[31] &= 127;
        return Mod(new BigInteger(masked, isUnsigned: true));
    }

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }
}
