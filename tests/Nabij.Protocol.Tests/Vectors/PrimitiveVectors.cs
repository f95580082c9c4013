using System.Security.Cryptography;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>lv.json, x25519.json, cpace.json, hkdf.json, hmac.json, sas.json.</summary>
internal static class PrimitiveVectors
{
    public static void EncodeItems(VectorCase vector)
    {
        var writer = new WireWriter(new byte[vector.Hex("hex").Length]);
        foreach (var item in vector.HexList("items"))
            writer.WriteItem(item);
        vector.AssertHex("hex", writer.Bytes);
    }

    public static void DecodeItems(VectorCase vector)
    {
        var bytes = vector.Hex("hex");
        var count = (int)vector.Number("count");
        var items = new List<byte[]>();
        var error = Refusals.NameOf(() =>
        {
            var reader = new WireReader(bytes);
            reader.RequireItems(count);
            for (var index = 0; index < count; index++)
                items.Add(reader.ReadItem(0, int.MaxValue).ToArray());
            reader.RequireEnd();
        });
        Assert.Equal(vector.Error, error);
        if (error is null)
            Assert.Equal(vector.HexList("items"), items);
    }

    public static void Multiply(VectorCase vector)
    {
        var result = new byte[X25519.Size];
        X25519.ScalarMultiply(vector.Hex("scalar"), vector.Hex("u"), result);
        vector.AssertHex("result", result);
    }

    public static void Iterate(VectorCase vector)
    {
        byte[] k = X25519.BasePoint.ToArray(), u = X25519.BasePoint.ToArray(), result = new byte[X25519.Size];
        for (var round = vector.Number("iterations"); round > 0; round--)
        {
            X25519.ScalarMultiply(k, u, result);
            (u, k, result) = (k, result, u);
        }

        vector.AssertHex("result", k);
    }

    public static void Share(VectorCase vector)
    {
        var share = vector.Hex("share");
        if (!X25519.IsCanonical(share))
        {
            Assert.Equal("ShareNotCanonical", vector.Error);
            return;
        }

        var result = new byte[X25519.Size];
        X25519.ScalarMultiply(vector.Hex("scalar"), share, result);
        if (X25519.IsZero(result))
        {
            Assert.Equal("ZeroResult", vector.Error);
            return;
        }

        Assert.Null(vector.Error);
        vector.AssertHex("result", result);
    }

    public static void Map(VectorCase vector) => AssertMap(vector, vector.Hex("r"));

    public static void MapHash(VectorCase vector) => AssertMap(vector, vector.Hex("hash"));

    public static void Generator(VectorCase vector)
    {
        var (prs, ci, sid) = (vector.Hex("prs"), vector.Hex("ci"), vector.Hex("sid"));
        using var text = CPace.GeneratorString(prs, ci, sid);
        vector.AssertHex("string", text.Span);
        vector.AssertHex("hash", SHA512.HashData(text.Span).AsSpan(0, X25519.Size));
        using var generator = CPace.Generator(prs, ci, sid);
        vector.AssertHex("generator", generator.Span);
    }

    public static void Exchange(VectorCase vector)
    {
        var (shareA, shareB) = (new byte[X25519.Size], new byte[X25519.Size]);
        using var k = new SecretBytes(X25519.Size);
        X25519.ScalarMultiply(vector.Hex("scalarA"), vector.Hex("generator"), shareA);
        X25519.ScalarMultiply(vector.Hex("scalarB"), vector.Hex("generator"), shareB);
        vector.AssertHex("shareA", shareA);
        vector.AssertHex("shareB", shareB);
        X25519.ScalarMultiply(vector.Hex("scalarB"), shareA, k.Span);
        vector.AssertHex("k", k.Span);
        X25519.ScalarMultiply(vector.Hex("scalarA"), shareB, k.Span);
        vector.AssertHex("k", k.Span);
        using var isk = CPace.Isk(
            vector.Hex("sid"), k, new CPaceSide(shareA, vector.Hex("adA")), new CPaceSide(shareB, vector.Hex("adB")));
        vector.AssertHex("isk", isk.Span);
    }

    public static void Transcript(VectorCase vector)
    {
        var writer = new WireWriter(new byte[vector.Hex("transcript").Length]);
        foreach (var name in new[] { "shareA", "adA", "shareB", "adB" })
            writer.WriteItem(vector.Hex(name));
        vector.AssertHex("transcript", writer.Bytes);
    }

    public static void Hkdf(VectorCase vector)
    {
        using var prk = KeyDerivation.Extract(vector.Hex("salt"), vector.Hex("ikm"));
        if (vector.Has("prk"))
            vector.AssertHex("prk", prk.Span);
        var output = new byte[vector.Number("length")];
        if (output.Length > 0)
            HKDF.Expand(HashAlgorithmName.SHA256, prk.Span, output, vector.Hex("info"));
        vector.AssertHex("okm", output);
    }

    public static void Hmac(VectorCase vector)
    {
        var expected = vector.Hex("mac");
        var actual = HMACSHA256.HashData(vector.Hex("key"), vector.Hex("data"));
        vector.AssertHex("mac", actual.AsSpan(0, expected.Length));
    }

    public static void CheckNumber(VectorCase vector)
    {
        using var prk = new SecretBytes(vector.Hex("prk"));
        Assert.Equal(
            vector.Text("checkNumber"), KeySchedule.CheckNumber(prk, vector.Hex("nonceT"), vector.Hex("nonceC")));
    }

    private static void AssertMap(VectorCase vector, byte[] hash)
    {
        var u = new byte[X25519.Size];
        X25519.MapToCurve(hash, u);
        vector.AssertHex("u", u);
    }
}
