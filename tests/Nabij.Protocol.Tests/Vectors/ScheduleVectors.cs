using System.Security.Cryptography;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>The intermediate values of handshake.json: the key schedule, step by step.</summary>
internal static class ScheduleVectors
{
    /// <summary>RS1 vector 1: no certificate and signature to check.</summary>
    public static void Schedule(VectorCase vector)
    {
        var (inputs, values) = (vector.Member("inputs"), vector.Member("values"));
        var ci = KeySchedule.ChannelIdentifier(
            new VersionOffer([(byte)inputs.Number("version")], [(ushort)inputs.Number("suite")]),
            inputs.Hex("organizationKeyHash"), inputs.Text("origin"), inputs.Text("nameplate"));
        values.AssertHex("ci", ci);
        byte[] sid = [.. inputs.Hex("sidC"), .. inputs.Hex("sidT")];
        Check(values, new ScheduleRun
        {
            Secret = System.Text.Encoding.ASCII.GetBytes(inputs.Text("secret")),
            Sid = sid,
            ScalarT = inputs.Hex("scalarT"),
            ScalarC = inputs.Hex("scalarC"),
            NonceT = inputs.Hex("nonceT"),
            NonceC = inputs.Hex("nonceC"),
            Message1 = values.Hex("msg1"),
            Message2 = values.Hex("msg2"),
            Message3 = values.Hex("msg3"),
            Message4 = values.Hex("msg4"),
        });
    }

    /// <summary>Recomputes every value of a run from its messages.</summary>
    public static void Check(VectorCase values, ScheduleRun run)
    {
        var ci = values.Hex("ci");
        var (shareT, adA) = ShareAndData(run.Message1, skip: 2);
        var (shareC, adB) = ShareAndData(run.Message2, skip: 1);
        CheckGenerator(values, run, ci);
        using var k = new SecretBytes(X25519.Size);
        X25519.ScalarMultiply(run.ScalarC ?? run.ScalarT!, run.ScalarC is null ? shareC : shareT, k.Span);
        values.AssertHex("k", k.Span);
        values.AssertHex("shareT", shareT);
        values.AssertHex("shareC", shareC);
        using var isk = CPace.Isk(run.Sid, k, new CPaceSide(shareT, adA), new CPaceSide(shareC, adB));
        values.AssertHex("isk", isk.Span);
        using var keys = new KeySchedule(
            new RunTranscript { Ci = ci, Sid = run.Sid, Message1 = run.Message1, Message2 = run.Message2 }, isk);
        values.AssertHex("th1", keys.Th1);
        values.AssertHex("tagT", keys.TagT());
        values.AssertHex("signed", keys.SignedBytes());
        keys.AddMessage3(run.Message3);
        values.AssertHex("th2", keys.Th2);
        values.AssertHex("tagC", keys.TagC());
        Assert.Equal(values.Text("checkNumber"), keys.CheckNumber(run.NonceT, run.NonceC));
        using var master = keys.Master(run.Message4);
        values.AssertHex("master", master.Span);
        values.AssertHex("th3", KeySchedule.HashItems("RS1 th3"u8, keys.Th2, run.Message4));
        using var prk = KeyDerivation.Extract(keys.Th1, isk.Span);
        values.AssertHex("prk", prk.Span);
        CheckHandshakeKeys(values, prk);
        CheckTraffic(values, master);
    }

    private static void CheckGenerator(VectorCase values, ScheduleRun run, byte[] ci)
    {
        using var text = CPace.GeneratorString(run.Secret, ci, run.Sid);
        values.AssertHex("generatorString", text.Span);
        var hash = SHA512.HashData(text.Span)[..X25519.Size];
        values.AssertHex("generatorHash", hash);
        var r = new byte[X25519.Size];
        FieldElement.FromBytes(hash).ToBytes(r);
        values.AssertHex("r", r);
        using var generator = CPace.Generator(run.Secret, ci, run.Sid);
        values.AssertHex("generator", generator.Span);
    }

    private static void CheckHandshakeKeys(VectorCase values, SecretBytes prk)
    {
        foreach (var (name, label, length) in new[]
        {
            ("confirmT", "confirm T", 32), ("hsKeyT", "hs key T", 32), ("hsIvT", "hs iv T", 12),
            ("confirmC", "confirm C", 32), ("hsKeyC", "hs key C", 32), ("hsIvC", "hs iv C", 12),
        })
        {
            using var key = KeyDerivation.Expand(prk, label, length);
            values.AssertHex(name, key.Span);
        }
    }

    private static void CheckTraffic(VectorCase values, SecretBytes master)
    {
        foreach (var (suffix, arrow) in new[] { ("TC", "T>C"), ("CT", "C>T") })
        {
            using var traffic = KeyDerivation.Expand(master, "traffic " + arrow);
            values.AssertHex("traffic" + suffix, traffic.Span);
            using var key = KeyDerivation.Expand(traffic, "key");
            values.AssertHex("key" + suffix, key.Span);
            using var iv = KeyDerivation.Expand(traffic, "iv", KeyDerivation.IvBytes);
            values.AssertHex("iv" + suffix, iv.Span);
            using var next = KeyDerivation.Expand(traffic, "next");
            values.AssertHex("next" + suffix, next.Span);
        }

        using var resume = KeyDerivation.Expand(master, "resume");
        values.AssertHex("resume", resume.Span);
        values.AssertHex("sessionId", SessionKeys.SessionId(master));
    }

    private static (byte[] Share, byte[] Data) ShareAndData(byte[] message, int skip)
    {
        var reader = new WireReader(message);
        for (var index = 0; index < skip; index++)
            reader.ReadItem(0, int.MaxValue);
        return (reader.ReadItem(X25519.Size).ToArray(), reader.ReadItem(0, int.MaxValue).ToArray());
    }
}
